import { cpuMsOfServer, load, Request, start, stop, Target } from './http-load';
import { median, medianRatio, Report } from './measure';
import { AS_OF, AS_OF_ANYWHERE, PAGE_AS_OF } from './questions';

const ROUNDS = 15;
const REQUESTS = 2_000;
/** Until the code of both servers is compiled. */
const WARM_UP_ROUNDS = 4;

const CASES: Readonly<Record<string, readonly Request[]>> = {
  'one task as of one position': AS_OF,
  'any task as of any position': AS_OF_ANYWHERE,
  'a page of indicators as of one position': PAGE_AS_OF,
};

/** What it costs to put reads on record: the CPU time of a server per request, with READ_LOG off and best-effort by turns. */
export async function reads(): Promise<Report> {
  const [off, recording] = await Promise.all([start('ledger'), start('recording')]);
  const report: Report[number][] = [];
  for (const [name, requests] of Object.entries(CASES)) {
    const rounds: { off: number; recording: number }[] = [];
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const costs = { off: await cpuMicros(off, requests), recording: await cpuMicros(recording, requests) };
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

/** The CPU time of a request, whatever else runs on the machine. */
async function cpuMicros(target: Target, requests: readonly Request[]): Promise<number> {
  const before = await cpuMsOfServer(target);
  await load({ target, requests }, { amount: REQUESTS });
  return (((await cpuMsOfServer(target)) - before) * 1_000) / REQUESTS;
}
