import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { WebSocketServer } from 'ws';
import { streamNames } from '../src/app/features';
import { serveApi } from '../src/app/serve-api';
import { createWebServer } from '../src/app/web-server';
import { makeDemoTokens } from '../src/auth/demo-tokens';
import { createTokenVerifier } from '../src/auth/token-verifier';
import { feed } from '../src/change-feed/feed';
import { DEFAULT_LIMITS } from '../src/kernel/limits';
import { systemClock } from '../src/kernel/time';
import { BenchLedger, benchLedger } from './bench-ledger';
import { FeedCommands, FeedRequest, machineMs, Memory } from './feed-target';
import * as seed from './seed';

/**
 * The servers that `feed` measures, each in a separate process. Its arguments are `ledger` and the number of events at the
 * start, or `bare`, the yardstick: a `ws` server that knows two answers and sends its input to all clients. Executes the
 * requests of its parent process.
 */

type Handlers = { readonly [Name in keyof FeedCommands]?: (argument: any) => Promise<FeedCommands[Name]['result']> };

const ENTITY_EVENTS = 1_000;
const READERS = 5_000;
/** Longer than the section takes, because marks would be counted as deliveries. */
const PROGRESS_MS = 3_600_000;

async function main(kind: string, events: number): Promise<void> {
  const { address, token, handlers } = kind === 'bare' ? await bare() : await ledgerServer(events);
  process.on('message', (request: FeedRequest) => {
    const handler = { memory, ...handlers }[request.name];
    void handler?.(request.argument).then((result) => process.send?.({ id: request.id, result }));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ address, token });
}

async function ledgerServer(events: number) {
  const ledger = await benchLedger(
    async (log) => {
      await seed.department(log, 'D');
      await seed.task(log, 'D', 'T', 0);
      for (let index = 0; (index + 1) * ENTITY_EVENTS <= events; index++) {
        await seed.task(log, 'D', `T${index}`, ENTITY_EVENTS - 1);
      }
    },
    { feed: { readerLimits: { perNode: READERS, perPrincipal: READERS }, progressMs: PROGRESS_MS } },
  );
  const secret = randomBytes(32).toString('hex');
  const { auditor } = await makeDemoTokens(secret, systemClock);
  const logger = pino({ level: 'silent' });
  const fastify = await createWebServer({ logger, limits: DEFAULT_LIMITS });
  await serveApi(fastify, { services: ledger.services, verifier: createTokenVerifier({ secret }) });
  const address = await fastify.listen({ host: '127.0.0.1', port: 0 });
  const stream = streamNames().streamOf({ entityType: 'TASK', code: 'T' });
  const append = async (count: number): Promise<number> => {
    const reports = Array.from({ length: count }, seed.report);
    const start = machineMs();
    await ledger.log.append(stream, reports, 'any');
    return start;
  };
  const handlers: Handlers = {
    append,
    async appendOneByOne({ count, everyMs }: FeedCommands['appendOneByOne']['argument']) {
      const starts: number[] = [];
      for (let index = 0; index < count; index++) {
        starts.push(await append(1));
        await pause(everyMs);
      }
      return starts;
    },
    readAll: () => readAll(ledger),
    watchLoop,
  };
  return { address: `${address.replace('http', 'ws')}/graphql`, token: auditor.token, handlers };
}

/** From the start to the present, through the same loop as a subscription, but without a transport. */
async function readAll({ services }: BenchLedger): Promise<number> {
  const { store, calendar } = services;
  const { live, progressMs, draining: signal } = services.feed;
  const present = (await store.watermark())!;
  const start = performance.now();
  let changes = 0;
  for await (const { kind } of feed({
    store,
    live,
    calendar,
    filter: {},
    shows: () => true,
    present,
    after: 0n,
    progressMs,
    signal,
  })) {
    if (kind === 'CAUGHT_UP') break;
    changes++;
  }
  return changes / ((performance.now() - start) / 1000);
}

let watched: ReturnType<typeof monitorEventLoopDelay> | undefined;

/** The longest delay of the event loop since the last question, in milliseconds. */
function watchLoop(): Promise<number> {
  const longest = (watched?.max ?? 0) / 1e6;
  watched?.disable();
  watched = monitorEventLoopDelay({ resolution: 1 });
  watched.enable();
  return Promise.resolve(longest);
}

async function bare() {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: ([protocol]) => protocol ?? false,
  });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.once('message', () => {
      socket.send('{"type":"connection_ack"}');
      socket.once('message', () => {
        socket.send('{"id":"1","type":"next","payload":{"data":{"changes":{"kind":"CAUGHT_UP"}}}}');
      });
    });
  });
  const handlers: Handlers = {
    async broadcast({ text, count }: FeedCommands['broadcast']['argument']) {
      const message = Buffer.from(text);
      const start = machineMs();
      for (let tick = 0; tick < count; tick++) {
        for (const socket of server.clients) socket.send(message, { binary: false });
        await nextTurn();
      }
      return start;
    },
  };
  return { address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, token: '', handlers };
}

async function memory(): Promise<Memory> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.();
    await pause(200);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

void main(process.argv[2] ?? 'bare', Number(process.argv[3] ?? 0));
