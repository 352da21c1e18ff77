import { say } from '../language/say';
import { partsOf } from './differences';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

interface Props {
  readonly fields: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
  /** A path in words. */
  readonly nameOf: (path: string) => string;
  /** Whether more fields differ than these. */
  readonly hasMore?: boolean;
}

/** Fields with their values before and after. */
export function FieldChanges({ fields, nameOf, hasMore = false }: Props) {
  if (fields.length === 0) return <p class="quiet">{say(BLAME_TEXTS.nothingChanged)}</p>;
  return (
    <ul class="field-changes">
      {partsOf(fields).map(({ path, before, after }) => (
        <li key={path}>
          <span class="quiet">{nameOf(path)}</span> <del>{showValue(path, before)}</del>{' '}
          <span aria-hidden="true">→</span> <ins>{showValue(path, after)}</ins>
        </li>
      ))}
      {hasMore && <li class="quiet">{say(BLAME_TEXTS.more)}</li>}
    </ul>
  );
}
