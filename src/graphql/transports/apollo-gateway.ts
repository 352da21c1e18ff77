import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { andThen } from '../../kernel/async';
import { MeteredExecution } from '../execution/metered-execution';
import { Metered } from '../execution/metered-lists';
import { answerJson } from './answer-json';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Executes for Apollo Server, and writes the JSON of its answers. */
export interface ApolloExecution {
  readonly gateway: Gateway;
  readonly stringifyResult: (result: FormattedExecutionResult) => string;
}

export function apolloExecution(schema: GraphQLSchema, execution: MeteredExecution): ApolloExecution {
  /** Apollo Server hands the data of an answer on as it got them. */
  const dataTexts = new WeakMap<object, string>();
  // The name as it was sent: Apollo's own is null if the document has no such operation, and would mean any.
  const executor: Executor = async ({ document, request: { operationName, variables }, context }) =>
    andThen(
      execution.execute({ document, operationName, variableValues: variables, contextValue: context as Metered }),
      ({ dataText, ...result }) => {
        if (result.data && dataText !== undefined) dataTexts.set(result.data, dataText);
        return result;
      },
    );
  return {
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () => Promise.resolve({ executor }),
      stop: () => Promise.resolve(),
    },
    stringifyResult: (result) => `${answerJson(result, result.data ? dataTexts.get(result.data) : undefined)}\n`,
  };
}
