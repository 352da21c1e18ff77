import { isAuditView } from '../../audit/audit-view';
import { Json, JsonObject } from '../../kernel/json';
import { filled, Html, html } from './html';
import { labelOf } from './labels';

/** `valueHtml` in pieces: one for each value of an object, or for each row of a table. */
export function* valuePieces(value: Json | undefined): Generator<string, void, undefined> {
  if (isTable(value)) yield* tablePieces(value);
  else if (isAuditView(value)) yield* objectPieces(value);
  else yield valueHtml(value).text;
}

/** A value of an answer: a list of objects as a table with a column for each field. */
export function valueHtml(value: Json | undefined): Html {
  if (value === null || value === undefined) return html`—`;
  if (typeof value === 'string') return html`${value}`;
  if (typeof value !== 'object') return html`${String(value)}`;
  if (isAuditView(value)) return objectHtml(value);
  const items = value as readonly Json[];
  if (items.length === 0) return html`—`;
  return isTable(items)
    ? tableHtml(items)
    : html`<ul>
        ${items.map((item) => html`<li>${valueHtml(item)}</li>`)}
      </ul>`;
}

const isTable = (value: Json | undefined): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isAuditView);

export const objectHtml = (value: JsonObject): Html => whole(objectPieces(value));

const tableHtml = (items: readonly JsonObject[]): Html => whole(tablePieces(items));

const whole = (pieces: Iterable<string>): Html => new Html([...pieces].join(''));

export function* objectPieces(value: JsonObject): Generator<string, void, undefined> {
  yield* filled(
    (rows) =>
      html`<table>
        ${rows}
      </table>`,
    membersOf(value),
  );
}

function* membersOf(value: JsonObject): Generator<string, void, undefined> {
  for (const [name, part] of Object.entries(value)) {
    yield* filled(
      (contents) =>
        html`<tr>
          <th scope="row">${labelOf(name)}</th>
          <td>${contents}</td>
        </tr> `,
      valuePieces(part),
    );
  }
}

function* tablePieces(items: readonly JsonObject[]): Generator<string, void, undefined> {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  yield* filled(
    (rows) =>
      html`<table>
        <tr>
          ${names.map((name) => html`<th scope="col">${labelOf(name)}</th>`)}
        </tr>
        ${rows}
      </table>`,
    rowsOf(items, names),
  );
}

function* rowsOf(items: readonly JsonObject[], names: readonly string[]): Generator<string, void, undefined> {
  for (const item of items) {
    yield html`<tr>
      ${names.map((name) => html`<td>${valueHtml(item[name])}</td>`)}
    </tr> `.text;
  }
}
