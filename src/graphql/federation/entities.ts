import { GraphQLFieldConfig, GraphQLList, GraphQLNonNull, GraphQLUnionType } from 'graphql';
import { MOST_SNAPSHOTS } from '../../kernel/limits';
import { badInput, limitExceeded, Result, unwrap } from '../../kernel/refusal';
import { placeOf } from '../../reading/ids';
import { RequestContext } from '../context';
import { meterList } from '../execution/metered-lists';
import { NodeReading, snapshotOf } from '../node-reading';
import { AnyScalar, Representation, Representations, Represented } from './representations';

/** Says the name of the type of an entity. */
type TypeNameOf = (entity: object) => unknown;

/** The root field that a gateway asks for entities that it knows by a key. */
export const entitiesField = (
  entity: GraphQLUnionType,
  representations: Representations,
  typeNameOf: TypeNameOf,
): GraphQLFieldConfig<unknown, RequestContext> => ({
  type: new GraphQLNonNull(new GraphQLList(entity)),
  description: `按键查询实体（供网关使用）。For gateways: the entities behind the representations, in that order, each at the snapshot that its key carries; null if it is not there, or if the caller may not read it. At most maxPageSize representations and ${MOST_SNAPSHOTS} different snapshots: LIMIT_EXCEEDED. A representation of a wrong shape, or of another ledger: BAD_USER_INPUT, for that item only.`,
  args: {
    representations: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(AnyScalar))),
      description: '实体的键。At most maxPageSize of them.',
    },
  },
  resolve: meterList((_source, args, context) => {
    const request = context as RequestContext;
    const { representations: asked } = args as { readonly representations: readonly Representation[] };
    const read = readAll(asked, representations, request);
    const reading = new NodeReading(request);
    return read.map(async (represented, index) => {
      try {
        return await entityOf(unwrap(represented), index, reading, typeNameOf);
      } catch (error) {
        // As a value, because the list may be handed over in several turns: a promise that is rejected before would stop the process.
        return error;
      }
    });
  }),
});

function readAll(
  sent: readonly Representation[],
  representations: Representations,
  context: RequestContext,
): readonly Result<Represented>[] {
  context.requireReading();
  const { limits, nodes } = context.services;
  if (sent.length > limits.maxPageSize)
    unwrap(limitExceeded('maxPageSize', `At most ${limits.maxPageSize} representations are taken at once`));
  const read = sent.map((representation, index) => representations.read(representation, index, nodes));
  const snapshots = read.flatMap((represented) => (represented.ok && snapshotOf(represented.value.id)) || []);
  if (new Set(snapshots.map(placeOf)).size > MOST_SNAPSHOTS)
    unwrap(limitExceeded('maxSnapshots', `The representations are of more than ${MOST_SNAPSHOTS} different snapshots`));
  return read;
}

async function entityOf(
  { id, typeName }: Represented,
  index: number,
  reading: NodeReading,
  typeNameOf: TypeNameOf,
): Promise<object | undefined> {
  const entity = await reading.read(id);
  if (entity !== undefined && typeNameOf(entity) !== typeName)
    unwrap(badInput(`/representations/${index}/__typename`, 'is not the type of what the key names'));
  return entity;
}
