import { ratesOf, start, stop } from './http-load';
import { median, medianRatio, Report } from './measure';
import { AS_OF, AS_OF_ANYWHERE, HELLO, NOW, PAGE_AS_OF, PAGE_AS_OF_ANYWHERE, requireWholeAnswers } from './questions';

/**
 * Requests per second over HTTP, against a bare "hello" of Apollo Server on the same integration. The servers run on one core, the load on the
 * other.
 */
export async function http(): Promise<Report> {
  const [hello, ledger, file] = await Promise.all([start('hello'), start('ledger'), start('file')]);
  for (const target of [ledger, file]) await requireWholeAnswers(target);
  const rounds = await ratesOf(
    {
      hello: { target: hello, requests: HELLO },
      now: { target: ledger, requests: NOW },
      asOf: { target: ledger, requests: AS_OF },
      page: { target: ledger, requests: PAGE_AS_OF },
      anywhere: { target: ledger, requests: AS_OF_ANYWHERE },
      fileAnywhere: { target: file, requests: AS_OF_ANYWHERE },
      pageAnywhere: { target: ledger, requests: PAGE_AS_OF_ANYWHERE },
      filePageAnywhere: { target: file, requests: PAGE_AS_OF_ANYWHERE },
    },
    { rounds: 11, seconds: 2 },
  );
  await Promise.all([hello, ledger, file].map(stop));
  const rate = (name: keyof (typeof rounds)[number]): number => median(rounds.map((round) => round[name]));
  return [
    { what: 'bare hello', value: rate('hello'), unit: 'req/s' },
    { what: 'one entity as of', value: rate('asOf'), unit: 'req/s' },
    { what: 'a page of 50 indicators with 10 fields as of', value: rate('page'), unit: 'req/s' },
    medianRatio('one entity as of, to hello', rounds, ['asOf', 'hello'], { atLeast: 2.2 }),
    medianRatio('asking now, to asking as of', rounds, ['now', 'asOf'], { atMost: 1.1 }),
    medianRatio('a page of 50 indicators as of, to hello', rounds, ['page', 'hello'], { atLeast: 0.6 }),
    medianRatio('one entity as of any moment: in a file, to memory', rounds, ['fileAnywhere', 'anywhere'], {
      atLeast: 0.8,
    }),
    medianRatio('a page of 50 as of any moment: in a file, to memory', rounds, ['filePageAnywhere', 'pageAnywhere'], {
      atLeast: 0.6,
    }),
  ];
}
