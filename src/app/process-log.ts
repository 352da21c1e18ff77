import { format } from 'node:util';
import { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { HttpRefusal } from '../http/refusal';
import { Outage } from '../kernel/outage';
import { Refused } from '../kernel/refusal';

/**
 * Sends to the log what Node and libraries would print by themselves: stderr has JSON lines only. After an error that nobody caught, the
 * process is in an unknown state, so it ends. A refusal or an outage leaves no unknown state, and a caller could provoke it.
 */
export function logEverythingTo(logger: FastifyBaseLogger): void {
  // Otherwise Node prints warnings, too.
  process.removeAllListeners('warning').on('warning', (warning) => {
    logger.warn({ err: warning }, 'Node has a warning');
  });
  const fail = (error: unknown): void => {
    logger.fatal({ err: error }, 'nobody caught an error');
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', (reason) => {
    if (isExpected(reason)) logger.error({ err: reason }, 'nobody waited for a refusal or an outage');
    else fail(reason);
  });
  Object.assign(console, {
    error(...parts: unknown[]) {
      logger.error({ printed: format(...parts) }, 'a library printed an error');
    },
    warn(...parts: unknown[]) {
      logger.warn({ printed: format(...parts) }, 'a library printed a warning');
    },
  });
}

/** graphql-js no longer waits for the items of a list after one of them has thrown. Their errors are located by then. */
const isExpected = (reason: unknown): boolean =>
  [Refused, Outage, HttpRefusal, GraphQLError].some((expected) => reason instanceof expected);
