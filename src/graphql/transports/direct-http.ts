import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/identified';
import { OperationHooks } from '../../http/operation-hooks';
import { HttpRefusal } from '../../http/refusal';
import { FormatError } from '../errors';
import { GuardedRequest } from '../execution/request';
import { answerJson } from './answer-json';
import { statusOf } from './answer-status';
import { MakeContext } from './context';
import { withOperation } from './context-operation';
import { Operations } from './operations';
import { isOutage } from './outage-answer';

export interface DirectOptions {
  readonly operations: Operations;
  readonly hooks: OperationHooks;
  readonly format: FormatError;
  readonly context: MakeContext;
}

/**
 * Answers a query or a mutation with the status, the headers and the bytes that Apollo Server would answer it with. Resolves to the JSON of
 * the answer.
 */
export const answerDirectly =
  ({ operations, hooks, format, context }: DirectOptions) =>
  async (asked: GuardedRequest, request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const ongoing = hooks.of(request);
    try {
      const caller = callerOf(request);
      const contextValue = withOperation(context(caller), ongoing);
      const answer = await operations.run({ ...asked, principal: caller.principal }, contextValue, ongoing);
      if (Symbol.asyncIterator in answer) throw new Error('The guards have passed a subscription');
      const { result, text } = answer;
      ongoing.isOutage = isOutage(result);
      reply.code(statusOf(result));
      return `${text}\n`;
    } catch (error) {
      if (!(error instanceof HttpRefusal)) throw error;
      reply.code(error.status).headers(error.headers);
      return `${answerJson({ errors: [format({ message: '' }, error)] })}\n`;
    }
  };
