import { format } from 'node:util';
import { FastifyBaseLogger } from 'fastify';

/**
 * Sends to the log what Node and libraries would print by themselves: stderr has JSON lines only. After an error that nobody caught, the
 * process is in an unknown state, so it ends.
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
  process.on('unhandledRejection', fail);
  Object.assign(console, {
    error(...parts: unknown[]) {
      logger.error({ printed: format(...parts) }, 'a library printed an error');
    },
    warn(...parts: unknown[]) {
      logger.warn({ printed: format(...parts) }, 'a library printed a warning');
    },
  });
}
