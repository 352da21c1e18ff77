import { benchLedger } from './bench-ledger';
import { inTurns, ratio, Report } from './measure';
import { task } from './seed';

const LENGTHS = [10, 1_000, 100_000] as const;
const QUERY =
  'query($at: Position!) { asOf(at: { position: $at }) { task(code: "T") { progress status revision lastChange { id } } } }';

/** As of the middle of one entity's history, for histories of different lengths. */
export async function flatness(): Promise<Report> {
  const ledgers = await Promise.all(LENGTHS.map((length) => benchLedger((log) => task(log, 'D', 'T', length))));
  const [short, middle, long] = await inTurnsOver(
    ledgers.map((ledger, index) => {
      const at = String(Math.floor(LENGTHS[index]! / 2));
      return () => ledger.ask(QUERY, { at });
    }),
  );
  await Promise.all(ledgers.map((ledger) => ledger.close()));
  return [
    { what: 'as of the middle of 10 versions, in process', value: short!, unit: 'µs' },
    ratio('the same of 1,000 versions', middle!, short!, { atMost: 1.5 }),
    ratio('the same of 100,000 versions', long!, short!, { atMost: 1.5 }),
  ];
}

async function inTurnsOver(runs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const cases = Object.fromEntries(runs.map((run, index) => [String(index), run]));
  return Object.values(await inTurns(cases, { rounds: 15, calls: 300 }));
}
