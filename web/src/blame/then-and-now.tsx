import { ComponentChildren } from 'preact';
import { say } from '../language/say';
import { isNow, Moment } from '../moment/moment';
import { today } from '../session/ledger';
import { current } from '../api/questions';
import { useFigureAt } from './figure-at';
import { FieldSource } from './figure-source';
import { BlamedField } from './blamed-field';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

/** What the figure was said to be on the day itself, at the moment that is shown, and now. */
export function ThenAndNow({ field: { source, at } }: { readonly field: BlamedField }) {
  const { effectiveAt } = at;
  const day = effectiveAt !== undefined && effectiveAt.slice(0, 10) < today() ? effectiveAt : undefined;
  if (day === undefined && isNow(at)) return null;
  return (
    <section>
      <h3>{say(BLAME_TEXTS.thenAndNow)}</h3>
      <dl class="facts">
        {day !== undefined && (
          <ValueAt name={say(BLAME_TEXTS.knownThatDay)} source={source} at={{ knownAt: day, effectiveAt: day }} />
        )}
        <ValueAt name={say(BLAME_TEXTS.shownNow)} source={source} at={at} />
        <ValueAt name={say(BLAME_TEXTS.now)} source={source} at={effectiveAt === undefined ? {} : { effectiveAt }} />
      </dl>
    </section>
  );
}

interface Props {
  readonly name: ComponentChildren;
  readonly source: FieldSource;
  readonly at: Moment;
}

function ValueAt({ name, source, at }: Props) {
  const asked = useFigureAt(source, at);
  const data = current(asked);
  return (
    <div>
      <dt>{name}</dt>
      <dd class="value">
        {data === undefined ? (asked.failure?.code ?? '…') : showValue(source.path ?? '', data.value)}
      </dd>
    </div>
  );
}
