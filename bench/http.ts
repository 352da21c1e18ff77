import { ratesOf, start, stop } from './http-load';
import { median, medianRatio, Report } from './measure';
import { AS_OF, HELLO, NOW, PAGE_AS_OF, requireWholeAnswers } from './questions';

/**
 * Requests per second over HTTP, against a bare "hello" on the same integration. The servers run on one core, the load on the
 * other.
 */
export async function http(): Promise<Report> {
  const [hello, ledger] = await Promise.all([start('hello'), start('ledger')]);
  await requireWholeAnswers(ledger);
  const rounds = await ratesOf(
    {
      hello: { target: hello, requests: HELLO },
      now: { target: ledger, requests: NOW },
      asOf: { target: ledger, requests: AS_OF },
      page: { target: ledger, requests: PAGE_AS_OF },
    },
    { rounds: 11, seconds: 2 },
  );
  await Promise.all([hello, ledger].map(stop));
  const rate = (name: keyof (typeof rounds)[number]): number => median(rounds.map((round) => round[name]));
  return [
    { what: 'bare hello', value: rate('hello'), unit: 'req/s' },
    { what: 'one entity as of', value: rate('asOf'), unit: 'req/s' },
    { what: 'a page of 50 indicators with 10 fields as of', value: rate('page'), unit: 'req/s' },
    medianRatio('one entity as of, to hello', rounds, ['asOf', 'hello'], { atLeast: 0.8 }),
    medianRatio('asking now, to asking as of', rounds, ['now', 'asOf'], { atMost: 1.1 }),
    medianRatio('a page of 50 indicators as of, to hello', rounds, ['page', 'hello'], { atLeast: 0.2 }),
  ];
}
