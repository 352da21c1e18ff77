import { say } from '../language/say';
import { partsOf } from './differences';
import { pathWords } from './path-words';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

interface Props {
  readonly fields: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** Fields with their values before and after. */
export function FieldChanges({ fields }: Props) {
  if (fields.length === 0) return <p class="quiet">{say(BLAME_TEXTS.nothingChanged)}</p>;
  return (
    <ul class="field-changes">
      {partsOf(fields).map(({ path, before, after }) => (
        <li key={path}>
          <span class="quiet">{pathWords(path)}</span> <del>{showValue(path, before)}</del>{' '}
          <span aria-hidden="true">→</span> <ins>{showValue(path, after)}</ins>
        </li>
      ))}
    </ul>
  );
}
