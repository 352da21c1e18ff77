import { ComponentChildren } from 'preact';
import { Text } from '../../language/language';
import { say } from '../../language/say';
import { showDayOf, showTime } from '../../session/ledger';
import { changeTypeText } from '../../terms/changes';
import { Change, figureText } from './correctable';
import { RECORD_TEXTS as TEXTS } from './texts';

/** The fact that is corrected, as it was first recorded. */
export function Fact({ change }: { readonly change: Change }) {
  const { type, entity, data, recordedAt, effectiveAt, documentNo, actor } = change;
  const figure = figureText(data, say);
  return (
    <div class="fact">
      <dl>
        <Item name={TEXTS.what}>
          <strong>{say(changeTypeText(type))}</strong>
        </Item>
        <Item name={TEXTS.of}>{entity}</Item>
        {figure !== undefined && <Item name={TEXTS.amount}>{figure}</Item>}
        <Item name={TEXTS.inEffect}>{showDayOf(effectiveAt)}</Item>
        <Item name={TEXTS.recorded}>{showTime(recordedAt)}</Item>
        {documentNo !== null && <Item name={TEXTS.document}>{documentNo}</Item>}
        <Item name={TEXTS.by}>{actor.name ?? actor.sub}</Item>
      </dl>
    </div>
  );
}

const Item = ({ name, children }: { readonly name: Text; readonly children: ComponentChildren }) => (
  <div>
    <dt>{say(name)}</dt>
    <dd>{children}</dd>
  </div>
);
