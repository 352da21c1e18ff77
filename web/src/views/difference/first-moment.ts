import { Moment } from '../../moment/moment';

/** The names in the query that hold the first of the two moments. The second one is the moment that is shown. */
export const FIRST_NAMES = { position: 'fromPosition', knownAt: 'fromKnown', effectiveAt: 'fromEffective' } as const;

export function firstMoment(query: Readonly<Record<string, string>>): Moment {
  const [position, knownAt, effectiveAt] = [query.fromPosition, query.fromKnown, query.fromEffective];
  return {
    ...(position !== undefined && { position }),
    ...(knownAt !== undefined && position === undefined && { knownAt }),
    ...(effectiveAt !== undefined && { effectiveAt }),
  };
}

/** What a link to a difference has in its query. */
export function firstQuery({ position, knownAt, effectiveAt }: Moment): Readonly<Record<string, string>> {
  const entries = [
    [FIRST_NAMES.position, position],
    [FIRST_NAMES.knownAt, knownAt],
    [FIRST_NAMES.effectiveAt, effectiveAt],
  ] as const;
  return Object.fromEntries(entries.filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== undefined));
}
