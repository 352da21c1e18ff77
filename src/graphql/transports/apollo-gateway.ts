import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLSchema } from 'graphql';
import { CompiledExecution } from '../execution/compiled-execution';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Has Apollo Server execute with the compiled execution. */
export function apolloGateway(schema: GraphQLSchema, execution: CompiledExecution): Gateway {
  // The name as it was sent: Apollo's own is null if the document has no such operation, and would mean any.
  const executor: Executor = async ({ document, request: { operationName, variables }, context }) =>
    execution.execute({ document, operationName, variableValues: variables, contextValue: context });
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor }),
    stop: () => Promise.resolve(),
  };
}
