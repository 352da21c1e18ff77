import { partsOf } from '../blame/differences';
import { showValue } from '../blame/show-value';
import { say } from '../language/say';
import { ENTERING_TEXTS as TEXTS } from './texts';
import { ItemName, namedPath } from './named-path';
import '../table/table.css';

export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface Props {
  readonly fields: readonly FieldChange[];
  /** What the table is, for readers of the screen. */
  readonly caption: string;
  readonly itemName?: ItemName;
}

/** Fields with their values before and after. */
export function BeforeAndAfter({ fields, caption, itemName }: Props) {
  if (fields.length === 0) return <p class="quiet">{say(TEXTS.noEffect)}</p>;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="field-changes">
        <thead>
          <tr>
            <th scope="col">{say(TEXTS.field)}</th>
            <th scope="col" class="number">
              {say(TEXTS.before)}
            </th>
            <th scope="col" class="number">
              {say(TEXTS.after)}
            </th>
          </tr>
        </thead>
        <tbody>
          {partsOf(fields).map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{namedPath(path, say, itemName)}</th>
              <td class="number">{showValue(path, before)}</td>
              <td class="number">
                <strong>{showValue(path, after)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
