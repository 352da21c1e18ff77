import { cpuMicrosOfRequest, Request, start, stop, Target } from './http-load';
import { median, medianRatio, Report } from './measure';
import { AS_OF, AS_OF_ANYWHERE, PAGE_AS_OF } from './questions';

const ROUNDS = 11;
/** A page takes longer than the other requests. */
const REQUESTS = { few: 500, many: 2_000 } as const;
/** Until the code of both servers is compiled. */
const WARM_UP_ROUNDS = 4;

interface Case {
  readonly requests: readonly Request[];
  readonly amount: number;
}

const CASES: Readonly<Record<string, Case>> = {
  'one task as of one position': { requests: AS_OF, amount: REQUESTS.many },
  'any task as of any position': { requests: AS_OF_ANYWHERE, amount: REQUESTS.many },
  'a page of indicators as of one position': { requests: PAGE_AS_OF, amount: REQUESTS.few },
};

/** What it costs to put reads on record: the CPU time of a server per request, with READ_LOG off and best-effort by turns. */
export async function reads(): Promise<Report> {
  const [off, recording] = await Promise.all([start('ledger'), start('recording')]);
  const report: Report[number][] = [];
  for (const [name, { requests, amount }] of Object.entries(CASES)) {
    const cpuMicros = (target: Target) => cpuMicrosOfRequest({ target, requests }, amount);
    const rounds: { off: number; recording: number }[] = [];
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const costs = { off: await cpuMicros(off), recording: await cpuMicros(recording) };
      if (round >= 0) rounds.push(costs);
    }
    report.push(
      { what: `${name}, READ_LOG=off`, value: median(rounds.map(({ off }) => off)), unit: 'µs CPU' },
      medianRatio(`the same on record`, rounds, ['recording', 'off'], { atMost: 1.05 }),
    );
  }
  await Promise.all([off, recording].map(stop));
  return report;
}
