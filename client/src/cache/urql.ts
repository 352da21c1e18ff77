import { POSSIBLE_TYPES, TYPES_WITHOUT_ID } from '../generated/cache-types.ts';
import { isLasting, type ParsedDocument } from './lasting.ts';

/**
 * The options of urql's graphcache. Objects are known by their `id`, which says at which moment they were read, so a snapshot is never
 * mixed with the present: give no `keys` of codes. A type without an id is kept within the object that it was read from.
 */
export const graphcacheOptions = {
  possibleTypes: POSSIBLE_TYPES,
  keys: Object.fromEntries(TYPES_WITHOUT_ID.map((name) => [name, () => null])),
};

interface Operation {
  readonly kind: string;
  readonly query: ParsedDocument;
  readonly variables: unknown;
  readonly context: { readonly requestPolicy?: string };
}

/**
 * For `mapExchange({ onOperation: askUnlessLasting })`, before the cache: an answer at a position is taken from the cache, everything
 * else is asked for. A request that has a policy of its own other than urql's default, `cache-first`, keeps it.
 */
export function askUnlessLasting<Op extends Operation>(operation: Op): Op {
  const { kind, query, variables, context } = operation;
  const isAsked =
    (context.requestPolicy ?? 'cache-first') === 'cache-first' && !isLasting(query, variables as object | undefined);
  return kind === 'query' && isAsked
    ? { ...operation, context: { ...context, requestPolicy: 'cache-and-network' } }
    : operation;
}
