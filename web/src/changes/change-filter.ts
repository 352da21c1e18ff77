import type { ChangeFilter, EntityType } from '../generated/documents';

/** What a person may filter changes by, as it is in the address of the page. */
export const FILTER_NAMES = ['department', 'year', 'kind', 'type', 'actor', 'corrections', 'late'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type FilterTexts = Readonly<Partial<Record<FilterName, string>>>;

export const filterTextsOf = (query: Readonly<Record<string, string>>): FilterTexts =>
  Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (query[name] === undefined || query[name] === '' ? [] : [[name, query[name]]])),
  );

/** The filter of the API. The server says what is wrong with a value. */
export function changeFilterOf(texts: FilterTexts): ChangeFilter {
  const { department, year, kind, type, actor, corrections, late } = texts;
  return {
    ...(department !== undefined && { departments: [department] }),
    ...(year !== undefined && { fiscalYears: [whole(year)] }),
    ...(kind !== undefined && { entityTypes: [kind as EntityType] }),
    ...(type !== undefined && { types: [type] }),
    ...(actor !== undefined && { actors: [actor] }),
    ...(corrections !== undefined && { corrections: true }),
    ...(late !== undefined && { lateByDays: whole(late) }),
  };
}

/** A text that is no whole number goes to the server as it is: NaN would be null there, which is no filter at all. */
const whole = (text: string): number => (/^-?\d{1,9}$/.test(text) ? Number(text) : (text as unknown as number));
