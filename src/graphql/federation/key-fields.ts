import {
  defaultFieldResolver,
  GraphQLFieldConfig,
  GraphQLFieldConfigMap,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  isObjectType,
} from 'graphql';
import { andThen, Awaitable } from '../../kernel/async';
import { Instant } from '../../kernel/time';
import { decodeId, placeOf } from '../../reading/ids';
import { Snapshot } from '../../reading/ledger-reader';
import { Scoped } from '../context';
import { DateTimeScalar } from '../scalars';
import { LedgerName } from './ledger-name';

type Field = GraphQLFieldConfig<unknown, unknown>;

/** The snapshot of an entity that is read in the present. */
export const PRESENT = 'NOW';

/** Whether a type has a key of which every part can be written by hand: an entity that has its code as a field. */
export const hasReadableKey = (type: GraphQLObjectType | GraphQLInterfaceType): boolean =>
  isObjectType(type) &&
  type.getInterfaces().some(({ name }) => name === 'Recorded') &&
  type.getFields().code !== undefined;

/** The field `id` of a node, which then names the ledger too. */
export function markedIdField(ledger: LedgerName, field: Field): Field {
  const resolve = field.resolve ?? defaultFieldResolver;
  return {
    ...field,
    resolve: (...asked) => andThen(resolve(...asked) as Awaitable<string>, (id) => ledger.mark(id)),
  };
}

/** The fields that say of a node which ledger and which moment it is of. */
export function keyFields(ledger: LedgerName, type: GraphQLObjectType | GraphQLInterfaceType): Fields {
  const named: Fields = {
    ledger: {
      type: new GraphQLNonNull(GraphQLString),
      description:
        '账本名称：属于哪个账本。The name of the ledger that it is of (FEDERATION_LEDGER): a part of every key.',
      resolve: () => ledger.text,
    },
  };
  if (!hasReadableKey(type)) return named;
  return {
    ...named,
    snapshot: {
      type: new GraphQLNonNull(GraphQLString),
      description: `快照：在哪个时点读取；${PRESENT} 表示现在。The snapshot that it was read at: opaque, except ${PRESENT}, which means the present. A part of the key that has the code.`,
      resolve: (source) => snapshotOf(ledger, source as Entity),
    },
    snapshotKnownAt: {
      type: DateTimeScalar,
      description:
        '快照的知悉时点；现在为 null。The known moment of its snapshot; null: the present. Other subgraphs answer as of it: they cannot know the position.',
      resolve: (source) => momentOf(source as Entity, ({ knownAt, recordedAt }) => knownAt ?? recordedAt),
    },
    snapshotEffectiveAt: {
      type: DateTimeScalar,
      description: '快照的生效时点；不限则为 null。The effective moment of its snapshot; null: no upper bound.',
      resolve: (source) => momentOf(source as Entity, ({ effectiveAt }) => effectiveAt),
    },
  };
}

type Fields = GraphQLFieldConfigMap<unknown, unknown>;
type Entity = Scoped & { readonly id: string };

function snapshotOf(ledger: LedgerName, { id }: Entity): string {
  const place = placeOf(decodeId(id)?.at);
  return place === '' ? PRESENT : ledger.mark(place);
}

const momentOf = ({ id, scope }: Entity, of: (snapshot: Snapshot) => Instant | undefined): Instant | undefined =>
  decodeId(id)?.at === undefined ? undefined : of(scope.snapshot);
