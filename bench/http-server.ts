import { createSecretKey, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { schema } from '../src/app/features';
import { createWebServer } from '../src/app/web-server';
import { makeDemoTokens } from '../src/auth/demo-tokens';
import { createTokenVerifier } from '../src/auth/token-verifier';
import { EventStore } from '../src/event-store/event-store';
import { RequestContext } from '../src/graphql/context';
import { DEFAULT_LIMITS } from '../src/kernel/limits';
import { GraphQLOptions, serveGraphQL } from '../src/graphql/serve';
import { Caller } from '../src/http/caller';
import { NOTHING_KEPT } from '../src/read-model/adapters/redis/reader';
import { DEFAULT_CONNECTION_LIMITS } from '../src/http/connection-limits';
import { RequestsInFlight } from '../src/http/requests-in-flight';
import { systemClock } from '../src/kernel/time';
import { cpuMs } from '../src/kernel/turns';
import { bareHello } from './bare-hello';
import { benchLedger, BenchLedgerOptions } from './bench-ledger';
import { CLAIMS, hundredDepartments } from './hundred-departments';
import { INDICATORS, LONG_HISTORY, TASKS } from './questions';
import * as seed from './seed';
import { NO_TELEMETRY } from '../src/kernel/telemetry';

/**
 * A server in a separate process. Its arguments are `hello`, the yardstick, `ledger`, or `history`, a ledger with one long
 * history, `departments`, a ledger of a hundred departments, `recording`, a ledger that puts reads on record, `file`, a ledger whose read
 * models are in a file, or `keeping-nothing`, a ledger that reads each answer from Redis; and the URL of Redis, if the read models should be there. All have the same HTTP integration, plugins, limits and
 * token check. Sends its address to its parent process.
 */
async function main(kind: string, redisUrl?: string): Promise<void> {
  const secret = randomBytes(32).toString('hex');
  const { auditor } = await makeDemoTokens(secret, systemClock);
  const fastify = kind === 'hello' ? await bareHello() : await ledgerServer(kind, secret, redisUrl);
  const address = await fastify.listen({ host: '127.0.0.1', port: 0 });
  process.send?.({ address, token: auditor.token, tokens: await tokensOf(CLAIMS, secret) });
  // Any message asks for the CPU time of this process.
  process.on('message', () => process.send?.(cpuMs()));
  process.on('disconnect', () => process.exit(0));
}

async function ledgerServer(kind: string, secret: string, redisUrl: string | undefined): Promise<FastifyInstance> {
  const limits = DEFAULT_LIMITS;
  const fastify = await createWebServer({ logger: pino({ level: 'silent' }), limits });
  const served = await ledger(HISTORIES[kind] ?? manyHistories, {
    redisUrl,
    cacheBytes: kind === 'keeping-nothing' ? NOTHING_KEPT : undefined,
    readModels: kind === 'file' ? 'sqlite' : undefined,
    readLog: kind === 'recording' ? 'best-effort' : 'off',
  });
  await serveGraphQL(fastify, {
    admission: {
      verifier: createTokenVerifier({ secret }),
      inFlight: new RequestsInFlight(limits.maxRequestsInFlight),
    },
    limits,
    connections: DEFAULT_CONNECTION_LIMITS,
    telemetry: NO_TELEMETRY,
    ...served,
  });
  return fastify;
}

async function ledger(
  histories: (log: EventStore) => Promise<void>,
  options: BenchLedgerOptions,
): Promise<Pick<GraphQLOptions, 'schema' | 'context'>> {
  const { services } = await benchLedger(histories, options);
  const context = ({ principal, correlationId }: Caller) => new RequestContext(services, { principal, correlationId });
  return { schema, context };
}

async function manyHistories(log: EventStore): Promise<void> {
  await seed.department(log, 'D');
  await seed.budget(log, 'D', 200);
  // Interleaved, so that each of them has versions from one end of the log to the other.
  await Promise.all([
    ...Array.from({ length: TASKS }, (_, index) => seed.task(log, 'D', `T${index}`, 200, 2)),
    ...Array.from({ length: INDICATORS }, (_, index) => seed.indicator(log, 'D', `I${index}`, 100, 1)),
  ]);
}

async function oneLongHistory(log: EventStore): Promise<void> {
  await seed.department(log, 'D');
  await seed.budget(log, 'D', LONG_HISTORY);
}

const HISTORIES: Readonly<Record<string, (log: EventStore) => Promise<void>>> = {
  history: oneLongHistory,
  departments: hundredDepartments,
};

async function tokensOf(
  claims: Readonly<Record<string, { readonly sub: string }>>,
  secret: string,
): Promise<Readonly<Record<string, string>>> {
  const signed = Object.entries(claims).map(async ([name, { sub, ...others }]) => {
    const token = new SignJWT(others).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setSubject(sub);
    return [name, await token.setExpirationTime('1h').sign(createSecretKey(secret, 'utf8'))] as const;
  });
  return Object.fromEntries(await Promise.all(signed));
}

void main(process.argv[2] ?? 'hello', process.argv[3]);
