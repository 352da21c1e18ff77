import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { OngoingOperation } from '../../http/ongoing-operation';
import { andThen } from '../../kernel/async';
import { Metered } from '../execution/metered-lists';
import { conditionalJson } from './answer-json';
import { operationOf } from './context-operation';
import { noteErrors } from './described-operation';
import { Operations } from './operations';
import { isOutage } from './outage-answer';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Executes for Apollo Server, and writes the JSON of its answers. */
export interface ApolloExecution {
  readonly gateway: Gateway;
  readonly stringifyResult: (result: FormattedExecutionResult) => string;
}

/**
 * Apollo Server hands on the extensions of an answer as it got them, so they lead from the formatted answer back to its operation.
 * A listener of Apollo Server would know the operation too, but costs a small request a tenth of its CPU time.
 */
export function apolloExecution(schema: GraphQLSchema, operations: Operations): ApolloExecution {
  // The name as it was sent: Apollo's own is null if the document has no such operation, and would mean any.
  const executor: Executor = async ({ document, request: { operationName, variables }, context }) => {
    const ongoing = operationOf(context);
    const asked = {
      document,
      operationName,
      variableValues: variables,
      contextValue: context as Metered & BaseContext,
    };
    return andThen(operations.execute(asked, ongoing), (answer) => {
      (answer.extensions as MarkedExtensions)[ANSWERED] = { dataText: answer.dataText, ongoing };
      return answer;
    });
  };
  return {
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () => Promise.resolve({ executor }),
      stop: () => Promise.resolve(),
    },
    stringifyResult(result) {
      const answered = (result.extensions as MarkedExtensions | undefined)?.[ANSWERED];
      if (answered !== undefined && result.errors !== undefined) {
        noteErrors(answered.ongoing, result.errors);
        answered.ongoing.isOutage = isOutage(result);
      }
      return `${conditionalJson(result, answered?.dataText, answered?.ongoing.conditional)}\n`;
    },
  };
}

/** JSON does not show it. */
const ANSWERED = Symbol('the answer that extensions belong to');

interface MarkedExtensions {
  [ANSWERED]?: Answered;
}

interface Answered {
  readonly dataText: string | undefined;
  readonly ongoing: OngoingOperation;
}
