import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { OngoingOperation } from '../../http/ongoing-operation';
import { andThen } from '../../kernel/async';
import { RequestContext } from '../context';
import { MeteredExecution } from '../execution/metered-execution';
import { LastingExecution } from '../lasting/lasting-execution';
import { answerJson } from './answer-json';
import { operationOf } from './context-operation';
import { noteErrors } from './described-operation';
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
export function apolloExecution(
  schema: GraphQLSchema,
  execution: MeteredExecution,
  lasting: LastingExecution | undefined,
): ApolloExecution {
  // The name as it was sent: Apollo's own is null if the document has no such operation, and would mean any.
  const executor: Executor = async ({ document, request: { operationName, variables }, context }) => {
    const ongoing = operationOf(context);
    const { conditional } = ongoing;
    const asked = { document, operationName, variableValues: variables, contextValue: context as RequestContext };
    const isExecuted = lasting === undefined || conditional === undefined;
    return andThen(isExecuted ? execution.execute(asked) : lasting.execute(asked, conditional), (answer) => {
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
      const conditional = answered?.ongoing.conditional;
      if (conditional?.isNotModified) return '';
      // What an execution has cost differs each time, and the bytes of a lasting answer do not.
      const shown = conditional?.isLasting ? { ...result, extensions: undefined } : result;
      return `${answerJson(shown, answered?.dataText)}\n`;
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
