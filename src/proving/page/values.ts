import { isAuditView } from '../../audit/audit-view';
import { Json, JsonObject } from '../../kernel/json';
import { Html, html } from './html';
import { labelOf } from './labels';

/** A value of an answer: a list of objects as a table with a column for each field. */
export function valueHtml(value: Json | undefined): Html {
  if (value === null || value === undefined) return html`—`;
  if (typeof value === 'string') return html`${value}`;
  if (typeof value !== 'object') return html`${String(value)}`;
  if (isAuditView(value)) return objectHtml(value);
  const items = value as readonly Json[];
  if (items.length === 0) return html`—`;
  return items.every(isAuditView)
    ? tableHtml(items)
    : html`<ul>
        ${items.map((item) => html`<li>${valueHtml(item)}</li>`)}
      </ul>`;
}

export const objectHtml = (value: JsonObject): Html =>
  html`<table>
    ${Object.entries(value).map(
      ([name, part]) =>
        html`<tr>
          <th scope="row">${labelOf(name)}</th>
          <td>${valueHtml(part)}</td>
        </tr> `,
    )}
  </table>`;

function tableHtml(items: readonly JsonObject[]): Html {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return html`<table>
    <tr>
      ${names.map((name) => html`<th scope="col">${labelOf(name)}</th>`)}
    </tr>
    ${items.map(
      (item) =>
        html`<tr>
          ${names.map((name) => html`<td>${valueHtml(item[name])}</td>`)}
        </tr> `,
    )}
  </table>`;
}
