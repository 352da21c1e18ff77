import { GraphQLSchema } from 'graphql';
import { LedgerName } from '../graphql/federation/ledger-name';
import { subgraphOf } from '../graphql/federation/subgraph';
import { Config } from './config';
import { schema } from './features';

/** The API as a subgraph, if the configuration asks for it. */
export const configuredSubgraph = ({
  federation: { isOn, ledger },
}: Pick<Config, 'federation'>): GraphQLSchema | undefined =>
  isOn && ledger !== undefined ? subgraphOf(schema, new LedgerName(ledger)) : undefined;
