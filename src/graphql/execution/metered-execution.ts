import {
  ExecutionResult,
  getOperationAST,
  GraphQLError,
  GraphQLSchema,
  locatedError,
  OperationTypeNode,
} from 'graphql';
import { pointsBeyondRequest } from '../../http/caller-points';
import { andThen, Awaitable } from '../../kernel/async';
import { Refused } from '../../kernel/refusal';
import { Cost, Work } from '../../reading/work';
import { toGraphQLError } from '../errors';
import { answerText } from './answer-text';
import { CompiledExecution, Execution } from './compiled-execution';
import { rootFields } from './fields-below';
import { Metered } from './metered-lists';
import { selectedPaths } from './selected-paths';

export interface MeteredRequest extends Execution {
  readonly contextValue: Metered;
}

/** The result of an operation. `extensions.cost` says what it has spent. */
export interface Answer extends ExecutionResult {
  readonly extensions: Readonly<Record<string, unknown>>;
  /** `data` as JSON; undefined if there is none. If the answer was known already, `data` is null, and only this text has the data. */
  readonly dataText?: string;
}

/** What an answer costs each time that it is given. */
export type AnswerSize = Pick<Cost, 'fields' | 'bytes'>;

/** Executes an operation within the budget of its request, and charges its caller what it has cost. A query that exceeds it is answered with that one error. */
export class MeteredExecution {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly execution: CompiledExecution,
  ) {}

  execute(request: MeteredRequest): Awaitable<Answer> {
    const { contextValue, document, operationName } = request;
    const { work, points } = contextValue;
    return andThen(this.measure(request, work), (answer) => {
      contextValue.recordReads?.(() => selectedPaths(document, operationName));
      points?.charge(pointsBeyondRequest(work.cost));
      return answer;
    });
  }

  /** Answers with a text that is known already. The caller pays for its fields and bytes again, but for no CPU time. */
  repeat({ contextValue }: MeteredRequest, dataText: string, { fields, bytes }: AnswerSize): Answer {
    const { work, points } = contextValue;
    work.charge('fields', fields);
    work.charge('bytes', bytes);
    points?.charge(pointsBeyondRequest(work.cost));
    return answerOf({ data: null }, work, dataText);
  }

  private measure(request: MeteredRequest, work: Work): Awaitable<Answer> {
    return andThen(this.begin(request, work), (result) => {
      const answer = isMutation(request) ? result : withinBudget(result, work);
      return !answer.data ? answerOf(answer, work) : this.written(request, answer, work);
    });
  }

  private begin(request: MeteredRequest, work: Work): Awaitable<ExecutionResult> {
    // A question of the CPU time would cost more than most answers.
    const startedAt = performance.now();
    try {
      work.charge('fields', rootFields(this.schema, request));
      return this.execution.execute(request, () => work.refusal !== undefined);
    } catch (error) {
      if (error instanceof Refused) return refusedWith(error);
      throw error;
    } finally {
      work.took(performance.now() - startedAt);
    }
  }

  private written(request: MeteredRequest, answer: ExecutionResult, work: Work): Awaitable<Answer> {
    const failed = (error: unknown): Answer => {
      if (!(error instanceof Refused)) throw error;
      return answerOf(isMutation(request) ? tooLongAfterMutation(error) : refusedWith(error), work);
    };
    const done = (dataText: string): Answer => answerOf(answer, work, dataText);
    try {
      const text = answerText(answer.data, work);
      return text instanceof Promise ? text.then(done, failed) : done(text);
    } catch (error) {
      return failed(error);
    }
  }
}

const isMutation = ({ document, operationName }: Execution): boolean =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;

function withinBudget(result: ExecutionResult, { refusal }: Work): ExecutionResult {
  if (refusal === undefined) return result;
  const reported = result.errors?.find(({ originalError }) => originalError === refusal);
  return { data: null, errors: [locatedError(refusal, reported?.nodes, reported?.path)] };
}

const refusedWith = (refused: Refused): ExecutionResult => ({ data: null, errors: [locatedError(refused, undefined)] });

function tooLongAfterMutation({ refusal }: Refused): ExecutionResult {
  const { message, extensions } = toGraphQLError(refusal);
  const advice = 'The mutation was executed; ask for less of it with the same idempotencyKey';
  return { data: null, errors: [new GraphQLError(`${message}. ${advice}`, { extensions })] };
}

function answerOf({ data, errors, extensions }: ExecutionResult, { cost }: Work, dataText?: string): Answer {
  return { data, errors, extensions: extensions === undefined ? { cost } : { ...extensions, cost }, dataText };
}
