import { GraphQLSchema, OperationTypeNode } from 'graphql';
import { buildSchemaSync, NonEmptyArray, PubSub } from 'type-graphql';
import { ChangeFilter } from '../change-feed/filter';
import { Choice } from '../input/choice';
import { InputObject } from '../input/field';
import { readArgumentsAtOnce } from './arguments';
import { ChangeFields } from './change-fields';
import { ChangesResolver } from './changes';
import { DiffResolver } from './diff';
import { declareChangeFilter } from './change-filter';
import { declareEntityTypes } from './entity-types';
import { ChangeProofs } from './evidence/change-proofs';
import { LedgerProofs, SnapshotCheckpoint } from './evidence/ledger-proofs';
import { FeedResolver } from './feed';
import { meterLists } from './execution/metered-lists';
import { LedgerResolver } from './ledger';
import { NodeResolver } from './node';
import { readGettersAsProperties } from './plain-getters';
import { ReadsResolver } from './reads';
import { RecordedResolver } from './recorded';
import { ruleEnum } from './rule-enum';
import { AsOfResolver } from './snapshot';
import { ViewerResolver } from './viewer';
import { declareSubscribeInput } from './webhooks/inputs';
import { WebhooksResolver } from './webhooks/resolver';

const OWN_RESOLVERS = [
  AsOfResolver,
  NodeResolver,
  ChangesResolver,
  ChangeFields,
  ChangeProofs,
  DiffResolver,
  FeedResolver,
  LedgerResolver,
  LedgerProofs,
  SnapshotCheckpoint,
  ReadsResolver,
  RecordedResolver,
  ViewerResolver,
  WebhooksResolver,
];

/** type-graphql makes the root types itself, without descriptions. */
const ROOT_DESCRIPTIONS: Readonly<Record<OperationTypeNode, string>> = {
  query: '查询。Reads the ledger, now or as of a past moment. Changes nothing.',
  mutation:
    '写入。The mutations of a request run one after the other. Each records one change, or is refused with an error of its own.',
  subscription: '订阅。The change feed, over WebSocket and SSE.',
};

/** type-graphql requires it, but it is never used: items of the feed come from the read models' log. */
const NO_PUB_SUB: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Nothing is published');
  },
};

/** What the features add to the API. */
export interface SchemaParts {
  readonly entityTypes: Choice;
  readonly changeFilter: InputObject<ChangeFilter>;
  readonly resolvers: readonly NewableFunction[];
  /** The rules by name, with their meaning. */
  readonly rules: ReadonlyMap<string, string>;
}

/** The API, from the resolvers of the machinery and of the features. Built once a process: type-graphql's metadata is global. */
export function buildLedgerSchema({ entityTypes, changeFilter, resolvers, rules }: SchemaParts): GraphQLSchema {
  declareEntityTypes(entityTypes);
  declareChangeFilter(changeFilter);
  declareSubscribeInput(changeFilter);
  const built = buildSchemaSync({
    resolvers: [...OWN_RESOLVERS, ...resolvers] as unknown as NonEmptyArray<NewableFunction>,
    validate: false,
    pubSub: NO_PUB_SUB,
  });
  readArgumentsAtOnce();
  readGettersAsProperties(built);
  meterLists(built);
  for (const operation of Object.values(OperationTypeNode))
    Object.assign(built.getRootType(operation) ?? {}, { description: ROOT_DESCRIPTIONS[operation] });
  const config = built.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, ruleEnum(rules)] });
}
