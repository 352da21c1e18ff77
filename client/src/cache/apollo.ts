import { POSSIBLE_TYPES } from '../generated/cache-types.ts';
import { isLasting, type ParsedDocument } from './lasting.ts';

/**
 * The options of Apollo Client's InMemoryCache. Objects are known by their `id`, which says at which moment they were read, so a
 * snapshot is never mixed with the present: give no `keyFields` of codes.
 */
export const apolloCacheOptions = {
  possibleTypes: POSSIBLE_TYPES,
  typePolicies: { Ledger: { merge: true }, Limits: { merge: true } },
};

/**
 * The fetch policy of a query: an answer at a position is taken from the cache, everything else is asked for. Without it, Apollo
 * Client answers `asOf(at: {})`, which means now, from what it was once.
 *
 *     client.query({ query, variables, fetchPolicy: fetchPolicyOf(query, variables) })
 */
export const fetchPolicyOf = (document: ParsedDocument, variables?: object): 'cache-first' | 'network-only' =>
  isLasting(document, variables) ? 'cache-first' : 'network-only';
