import { RemoteItem } from './remote-feed';
import { printable } from './table';

export const FIELDS_FOR_LINES =
  'position recordedAt entityType entity type actor { sub name } documentNo fields { path after }';
const FIELDS_FOR_PROGRAMS = `id: eventId position sequence type entityType entity department fiscalYear revision recordedAt
  storedAt effectiveAt actor { sub name } reason documentNo evidence { uri sha256 title } correlationId causationId
  corrects { id: eventId } reverses { id: eventId } confirmedBy { sub name } proposal { code }`;

export const fieldsForPrograms = (withFields: boolean): string =>
  `${FIELDS_FOR_PROGRAMS} ${withFields ? 'fields { path before after } ' : ''}data`;

export interface TailChange {
  readonly position: string;
  readonly recordedAt: string;
  readonly entityType: string;
  readonly entity: string;
  readonly type: string;
  readonly actor: { readonly sub: string; readonly name: string | null };
  readonly documentNo: string | null;
  readonly fields: readonly { readonly path: string; readonly after: unknown }[];
}

/** A change as the exports write it: it names other changes by their ids, and a proposal by its code. */
export function objectOf({ __typename, corrects, reverses, proposal, ...change }: RemoteItem): object {
  const idOf = (named: unknown): unknown => (named as { readonly id: string } | null)?.id ?? null;
  const code = (proposal as { readonly code: string } | null)?.code ?? null;
  return { ...change, corrects: idOf(corrects), reverses: idOf(reverses), proposal: code };
}

/** Fields that the name of the entity already shows. */
const SHOWN_ALREADY = new Set(['/code', '/department', '/fiscalYear']);
const MOST_FIELDS = 4;
const LONGEST_VALUE = 40;

/** A change in one line. Empty parts are left out. */
export function lineOf({ position, recordedAt, actor, documentNo, ...change }: TailChange): string {
  const parts = [
    recordedAt,
    `@${position}`,
    `${change.entityType}/${change.entity}`,
    change.type,
    actor.name ?? actor.sub,
    documentNo ?? '',
    summaryOf(change.fields),
  ];
  return `${printable(parts.filter((part) => part !== '').join('  '))}\n`;
}

/** The new values of the entity's own top-level fields, as far as they fit. */
function summaryOf(fields: TailChange['fields']): string {
  const values = fields
    .filter(({ path }) => !SHOWN_ALREADY.has(path) && !path.slice(1).includes('/'))
    .filter(({ after }) => typeof after !== 'object' || after === null)
    .map(({ path, after }) => `${path.slice(1)}=${valueOf(after)}`);
  return values.length > MOST_FIELDS ? `${values.slice(0, MOST_FIELDS).join(' ')} …` : values.join(' ');
}

function valueOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
