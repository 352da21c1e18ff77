import type { EntityType, SearchByCodeQuery, SearchByNameQuery } from '../../generated/documents';

/** An entity that a search has found. */
export interface Found {
  readonly type: EntityType;
  readonly code: string;
  readonly name: string;
  readonly department: string;
  /** Of a department: the newest year that it has something of; undefined: none. */
  readonly year?: number;
}

type ByName = SearchByNameQuery['asOf'];
type ByCode = SearchByCodeQuery['asOf'];

/** Each entity once: what has the code comes before what has the words in its name. */
export function foundIn(byCode: ByCode | undefined, byName: ByName | undefined): readonly Found[] {
  const all = [...entitiesIn(byCode), ...entitiesIn(byName)];
  return [...new Map(all.map((found) => [`${found.type} ${found.code}`, found])).values()];
}

function entitiesIn(answer: ByCode | ByName | undefined): readonly Found[] {
  if (answer === null || answer === undefined) return [];
  const { departments, tasks, indicators } = answer;
  return [
    ...(departments?.nodes ?? []).map(({ code, name, fiscalYears }) => ({
      type: 'DEPARTMENT' as const,
      code,
      name,
      department: code,
      ...(fiscalYears.length > 0 && { year: Math.max(...fiscalYears) }),
    })),
    ...(tasks?.nodes ?? []).map(({ code, title, department }) => ({
      type: 'TASK' as const,
      code,
      name: title,
      department: department.code,
    })),
    ...(indicators?.nodes ?? []).map(({ code, name, department }) => ({
      type: 'INDICATOR' as const,
      code,
      name,
      department: department.code,
    })),
  ];
}

/** How many more there are than were answered. */
export const omitted = (answer: ByName | undefined): number =>
  [answer?.departments, answer?.tasks, answer?.indicators].reduce(
    (sum, list) => sum + (list ? list.totalCount - list.nodes.length : 0),
    0,
  );

/** A code that the API takes: anything else cannot be the code of something. */
export const isCode = (text: string): boolean => /^[A-Za-z0-9][\w-]{0,63}$/.test(text);

interface WithDocument {
  readonly position: string;
  readonly documentNo: string | null;
}

/** The changes, the newest first, whose document has the text in its number. */
export function withDocument<Change extends WithDocument>(
  changes: readonly Change[],
  text: string,
  most: number,
): readonly Change[] {
  const wanted = folded(text);
  const found: Change[] = [];
  for (let index = changes.length - 1; index >= 0 && found.length < most; index--) {
    const change = changes[index];
    if (change?.documentNo !== null && change !== undefined && folded(change.documentNo).includes(wanted))
      found.push(change);
  }
  return found;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
