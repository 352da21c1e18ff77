import { buildSchema } from 'graphql';
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { schema } from '../src/app/features';
import { makeDemoTokens } from '../src/auth/demo-tokens';
import { createTokenVerifier } from '../src/auth/token-verifier';
import { RequestContext } from '../src/graphql/context';
import { DEFAULT_LIMITS } from '../src/graphql/limits';
import { createHttpServer } from '../src/graphql/transports/http';
import { systemClock } from '../src/kernel/time';
import { benchLedger } from './bench-ledger';
import * as seed from './seed';

/**
 * A server in a process of its own, as its argument says: `hello`, the yardstick, or `ledger`. Both have the same HTTP
 * integration, plugins, limits and token check. Tells its parent where it listens.
 */
async function main(kind: string): Promise<void> {
  const secret = randomBytes(32).toString('hex');
  const { auditor } = await makeDemoTokens(secret, systemClock);
  const settings = {
    verifier: createTokenVerifier({ secret }),
    limits: DEFAULT_LIMITS,
    logger: pino({ level: 'silent' }),
  };
  const { fastify } =
    kind === 'hello'
      ? await createHttpServer({
          ...settings,
          schema: Object.assign(buildSchema('type Query { hello: String }'), {}),
          context: () => ({}),
        })
      : await ledgerServer(settings);
  const address = await fastify.listen({ host: '127.0.0.1', port: 0 });
  process.send?.({ address, token: auditor.token });
  process.on('disconnect', () => process.exit(0));
}

async function ledgerServer(settings: Pick<Parameters<typeof createHttpServer>[0], 'verifier' | 'limits' | 'logger'>) {
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', 200);
    await seed.task(log, 'D', 'T', 200);
    for (let index = 0; index < 50; index++) await seed.indicator(log, 'D', `I${index}`, 100);
  });
  return createHttpServer({
    ...settings,
    schema,
    context: ({ principal, correlationId }) => new RequestContext(ledger.services, principal, correlationId),
  });
}

void main(process.argv[2] ?? 'hello');
