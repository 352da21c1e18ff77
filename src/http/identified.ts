import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { Caller, Identify } from './caller';
import { OperationHooks } from './operation-hooks';
import { RequestProperty } from './request-property';

const callers = new RequestProperty<Caller>('caller');

/** Begins an operation with the identity of its caller, before the body of the request is read. */
export function identifyFirst(identify: Identify, operations: OperationHooks): onRequestHookHandler {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    const operation = operations.of(request);
    const identified = (caller: Caller): void => {
      callers.set(request, caller);
      operation.identified(caller);
      if (isAsking(request)) reply.raw.writeContinue();
      done();
    };
    const caller = identify(request, reply);
    if (caller instanceof Promise) caller.then(identified, done);
    else identified(caller);
  };
}

/** Whether the client waits for a word before it sends the body. */
const isAsking = ({ headers }: FastifyRequest): boolean => headers.expect?.toLowerCase() === '100-continue';

/** The caller of a request whose route begins with `identifyFirst`. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.of(request);
  if (caller === undefined) throw new Error('The route does not identify its callers');
  return caller;
}
