import {
  GraphQLFieldConfig,
  GraphQLFieldConfigMap,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { RequestContext } from '../context';
import { entitiesField } from './entities';
import { hasReadableKey } from './key-fields';
import { LedgerName } from './ledger-name';
import { LedgerTypes } from './ledger-types';
import { Representations } from './representations';
import { subgraphSdl } from './sdl';

type Fields = GraphQLFieldConfigMap<unknown, RequestContext>;

const KEY_BY_ID = 'ledger id';
const KEY_BY_CODE = 'ledger code snapshot';

/**
 * The API of one ledger as a subgraph of Apollo Federation 2 (docs/federation.md): the same fields and resolvers, under names that no
 * other ledger has. The feed is left out: its order is that of one log.
 */
export function subgraphOf(base: GraphQLSchema, ledger: LedgerName): GraphQLSchema {
  const types = new LedgerTypes(base, ledger);
  const [query, mutation, node] = [base.getQueryType(), base.getMutationType(), base.getType('Node')];
  if (!query || !mutation || !isInterfaceType(node)) throw new Error('The API has no Query, Mutation or Node');
  const root = (type: GraphQLObjectType, more: Fields = {}): GraphQLObjectType => {
    const config = type.toConfig();
    const own = () => types.fields(config.fields, (name) => ledger.rootField(name));
    return new GraphQLObjectType({ ...config, fields: () => ({ ...own(), ...more }) });
  };

  const keyed = new Map(
    base
      .getPossibleTypes(node)
      .map((type) => [ledger.typeName(type.name), hasReadableKey(type) ? kindOf(type) : undefined]),
  );
  // type-graphql decides by the class of the value alone.
  const nameInBase = node.resolveType as unknown as (entity: object) => string;
  const typeNameOf = (entity: object): string => ledger.typeName(nameInBase(entity));
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    description: '实体。Whatever has a key.',
    types: () => base.getPossibleTypes(node).map((type) => types.named(type) as GraphQLObjectType),
    resolveType: (entity: object) => typeNameOf(entity),
  });
  const keysOf = (name: string): readonly string[] => {
    if (!keyed.has(name)) return [];
    return keyed.get(name) === undefined ? [KEY_BY_ID] : [KEY_BY_ID, KEY_BY_CODE];
  };
  const sdl = (): string => subgraphSdl(schema, { keysOf, isShared: (name) => types.isValue(name) });

  const schema: GraphQLSchema = new GraphQLSchema({
    description: base.description,
    query: root(query, {
      _entities: entitiesField(Entity, new Representations(ledger, keyed), typeNameOf),
      _service: serviceField(sdl),
    }),
    mutation: root(mutation),
    // Those that no field names: what implements an interface, and the rules.
    types: Object.values(base.getTypeMap())
      .filter((type) => isEnumType(type) || (isObjectType(type) && type.getInterfaces().length > 0))
      .map((type) => types.named(type)),
  });
  return schema;
}

/** The kind of entity of a type: SCORING_TEMPLATE of ScoringTemplate. */
const kindOf = ({ name }: GraphQLObjectType): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

function serviceField(sdl: () => string): GraphQLFieldConfig<unknown, RequestContext> {
  const Service = new GraphQLObjectType({
    name: '_Service',
    description: '子图。The subgraph itself.',
    fields: {
      sdl: {
        type: new GraphQLNonNull(GraphQLString),
        description: '子图的模式。The schema of the subgraph, with the directives of federation.',
      },
    },
  });
  let text: string | undefined;
  return {
    type: new GraphQLNonNull(Service),
    description:
      '子图的模式（供网关使用）。For gateways: the schema of the subgraph. Whoever may not read the schema by __schema may not read it here: FORBIDDEN.',
    resolve: () => ({ sdl: (text ??= sdl()) }),
  };
}
