import { FastifyInstance } from 'fastify';
import { RETRY_AFTER_S } from '../../http/failures';
import { STATUSES } from '../../http/statuses';
import { ABILITIES, Health, Problems } from './health';

export interface HealthServices {
  readonly health: Health;
  readonly isStopping: () => boolean;
  /** Warnings for the operator, although the server can answer. */
  readonly warnings: () => readonly (string | undefined)[];
}

/**
 * `/health/live`: the process answers. `/health/ready`: 200 if it can do all that it has to, with a warning if the operator must
 * act; 503 if it cannot, with the reason and with what it can do.
 */
export function serveHealth(fastify: FastifyInstance, { health, isStopping, warnings }: HealthServices): void {
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const problems = isStopping() ? 'stopping' : await health.look();
    const warning = warnings().filter(Boolean).join('; ') || undefined;
    if (problems !== 'stopping' && problems.size === 0) return { status: 'ready', warning };
    return reply
      .code(STATUSES.UNAVAILABLE.other)
      .header('retry-after', RETRY_AFTER_S)
      .send({ status: 'not ready', warning, ...(problems === 'stopping' ? { problem: problems } : shown(problems)) });
  });
}

const shown = (problems: Problems): object => ({
  problem: [...new Set(problems.values())].join('; '),
  ...Object.fromEntries(ABILITIES.map((ability) => [ability, !problems.has(ability)])),
});
