import { onRedis } from './engines';
import { ask, Case, cpuMicrosOfRequest, ratesOf, start, stop, Target } from './http-load';
import { median, medianRatio, ratio, Report } from './measure';
import { AS_OF_ANYWHERE, HELLO, PAGE_AS_OF, PAGE_AS_OF_ANYWHERE, requireWholeAnswers } from './questions';

const ASKED_AT_ONCE = 32;
const REQUESTS_FOR_CPU_TIME = 2_000;

/**
 * Like `http`, for a ledger whose read models are in Redis. Cases with a bound ask for a different entity and moment each time: of a server
 * that keeps nothing of what it has read, and of one that was asked all of it before.
 */
export function redisHttp(): Promise<Report> {
  return onRedis(async ({ url }) => {
    const [hello, memory] = await Promise.all([start('hello'), start('ledger')]);
    // One after the other: a projector that gets no CPU time for long would lose its lease.
    const keeping = await start('ledger', url);
    const nothing = await start('keeping-nothing', `${url}/1`);
    for (const target of [memory, keeping, nothing]) await requireWholeAnswers(target);
    await askAll(keeping);
    const cases = {
      hello: { target: hello, requests: HELLO },
      memory: { target: memory, requests: AS_OF_ANYWHERE },
      asOf: { target: nothing, requests: AS_OF_ANYWHERE },
      asOfBefore: { target: keeping, requests: AS_OF_ANYWHERE },
      memoryPage: { target: memory, requests: PAGE_AS_OF_ANYWHERE },
      page: { target: nothing, requests: PAGE_AS_OF_ANYWHERE },
      pageBefore: { target: keeping, requests: PAGE_AS_OF_ANYWHERE },
      onePage: { target: keeping, requests: PAGE_AS_OF },
    };
    const rounds = await ratesOf(cases, { rounds: 11, seconds: 1 });
    const cpu = await cpuTimes(cases);
    await Promise.all([hello, memory, keeping, nothing].map(stop));
    const rate = (name: keyof typeof cases): number => median(rounds.map((round) => round[name]));
    return [
      { what: 'bare hello', value: rate('hello'), unit: 'req/s' },
      { what: 'one entity as of, any of 50, any moment, Redis', value: rate('asOf'), unit: 'req/s' },
      { what: 'a page of 50 indicators with 10 fields as of any moment, Redis', value: rate('page'), unit: 'req/s' },
      { what: 'the same, asked before', value: rate('pageBefore'), unit: 'req/s' },
      medianRatio('one entity as of in Redis, to hello', rounds, ['asOf', 'hello'], { atLeast: 0.8 }),
      medianRatio('the same, asked before', rounds, ['asOfBefore', 'hello'], { atLeast: 0.8 }),
      medianRatio('the same in memory, to hello', rounds, ['memory', 'hello']),
      medianRatio('a page as of in Redis, to hello', rounds, ['page', 'hello'], { atLeast: 0.15 }),
      medianRatio('the same, asked before at any of 2,000 moments', rounds, ['pageBefore', 'hello'], { atLeast: 0.35 }),
      medianRatio('the same in memory, to hello', rounds, ['memoryPage', 'hello']),
      medianRatio('always the same page in Redis, to hello', rounds, ['onePage', 'hello']),
      ratio('CPU time of hello, to that of a page as of in Redis', cpu.hello, cpu.page, { atLeast: 0.15 }),
      ratio('the same, asked before', cpu.hello, cpu.pageBefore, { atLeast: 0.35 }),
      ratio('the same in memory', cpu.hello, cpu.memoryPage, undefined),
    ];
  });
}

/** Every question once. */
async function askAll(target: Target): Promise<void> {
  const requests = [...AS_OF_ANYWHERE, ...PAGE_AS_OF_ANYWHERE, ...PAGE_AS_OF];
  for (let start = 0; start < requests.length; start += ASKED_AT_ONCE) {
    await Promise.all(requests.slice(start, start + ASKED_AT_ONCE).map((request) => ask(target, request)));
  }
}

async function cpuTimes<Name extends string>(cases: Readonly<Record<Name, Case>>): Promise<Record<Name, number>> {
  const times = {} as Record<Name, number>;
  for (const [name, each] of Object.entries<Case>(cases)) {
    times[name as Name] = await cpuMicrosOfRequest(each, REQUESTS_FOR_CPU_TIME);
  }
  return times;
}
