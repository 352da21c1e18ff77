import { FastifyInstance } from 'fastify';
import { STATUSES } from '../http/statuses';
import { LogMismatch } from '../kernel/outage';
import { Ledger } from './ledger';

export interface HealthOptions {
  readonly ledger: Ledger;
  readonly isStopping: () => boolean;
  /** A warning for the operator, although the ledger can answer. */
  readonly warning: () => string | undefined;
}

/**
 * `/health/live`: the process answers. `/health/ready`: 200 if it can answer about the ledger, with a warning if the operator
 * must act; 503 with the reason if it cannot.
 */
export function serveHealth(fastify: FastifyInstance, { ledger, isStopping, warning }: HealthOptions): void {
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const problem = isStopping() ? 'stopping' : await problemOf(ledger);
    return problem === undefined
      ? { status: 'ready', warning: warning() }
      : reply.code(STATUSES.UNAVAILABLE.other).send({ status: 'not ready', problem });
  });
}

async function problemOf({ failure, services }: Ledger): Promise<string | undefined> {
  if (failure() !== undefined) return 'the projector has stopped';
  try {
    await services.requireSameLog();
    await services.log.head();
    return (await services.reader.projected()) === undefined ? 'the read models are being built' : undefined;
  } catch (error) {
    if (error instanceof LogMismatch) return error.message;
    return 'a store cannot be reached';
  }
}
