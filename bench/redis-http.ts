import { onRedis } from './engines';
import { ratesOf, start, stop } from './http-load';
import { median, medianRatio, Report } from './measure';
import { AS_OF, AS_OF_ANYWHERE, HELLO, PAGE_AS_OF, PAGE_AS_OF_ANYWHERE, requireWholeAnswers } from './questions';

/**
 * Like `http`, for a ledger whose read models are in Redis. Cases with a bound ask for a different entity and moment each time.
 */
export function redisHttp(): Promise<Report> {
  return onRedis(async ({ url }) => {
    const [hello, memory, redis] = await Promise.all([start('hello'), start('ledger'), start('ledger', url)]);
    await requireWholeAnswers(memory);
    await requireWholeAnswers(redis);
    const rounds = await ratesOf(
      {
        hello: { target: hello, requests: HELLO },
        memory: { target: memory, requests: AS_OF_ANYWHERE },
        asOf: { target: redis, requests: AS_OF_ANYWHERE },
        oneAsOf: { target: redis, requests: AS_OF },
        memoryPage: { target: memory, requests: PAGE_AS_OF_ANYWHERE },
        page: { target: redis, requests: PAGE_AS_OF_ANYWHERE },
        onePage: { target: redis, requests: PAGE_AS_OF },
      },
      { rounds: 11, seconds: 1 },
    );
    await Promise.all([hello, memory, redis].map(stop));
    const rate = (name: keyof (typeof rounds)[number]): number => median(rounds.map((round) => round[name]));
    return [
      { what: 'bare hello', value: rate('hello'), unit: 'req/s' },
      { what: 'one entity as of, any of 50, any moment, Redis', value: rate('asOf'), unit: 'req/s' },
      { what: 'a page of 50 indicators with 10 fields as of any moment, Redis', value: rate('page'), unit: 'req/s' },
      medianRatio('one entity as of in Redis, to hello', rounds, ['asOf', 'hello'], { atLeast: 0.8 }),
      medianRatio('the same in memory, to hello', rounds, ['memory', 'hello']),
      medianRatio('always the same entity and moment in Redis, to hello', rounds, ['oneAsOf', 'hello']),
      medianRatio('a page as of in Redis, to hello', rounds, ['page', 'hello'], { atLeast: 0.1 }),
      medianRatio('the same in memory, to hello', rounds, ['memoryPage', 'hello']),
      medianRatio('always the same page in Redis, to hello', rounds, ['onePage', 'hello']),
    ];
  });
}
