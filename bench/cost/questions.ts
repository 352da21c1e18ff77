import { benchLedger, BenchLedger } from '../bench-ledger';
import { cpuMsOf } from '../measure';
import * as seed from '../seed';
import { along, Axis, decades, lastOf, Point } from './axis';

const CALLS = 300;
const SECONDS = 90;
/** Entities that are recorded at the same time. */
const AT_ONCE = 200;

const ENTITY = 'query($code: ID!) { task(code: $code) { code title status progress revision } }';
const PAGE = '{ tasks(department: "D", first: 50) { nodes { code title status progress revision } } }';
const MIDDLE = 'query($at: Position!) { asOf(at: { position: $at }) { task(code: "T") { progress status revision } } }';
const EFFECTIVE =
  'query($day: Moment!) { asOf(at: { effectiveAt: $day }) { budget(department: "D", fiscalYear: 2023) { revised executed } } }';

/** Tasks of two changes each, in one department. */
export async function entities(): Promise<Axis> {
  const measured = await along(decades(10, 100_000), SECONDS, async (size) => {
    const ledger = await benchLedger(async (log) => {
      await seed.department(log, 'D');
      for (let from = 0; from < size; from += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, size - from) }, (_, index) => `T${from + index}`);
        await Promise.all(some.map((code) => seed.task(log, 'D', code, 1)));
      }
    }, IN_A_FILE);
    let next = 0;
    const points = [
      await asked('one entity', size, () => ledger.ask(ENTITY, { code: `T${(next++ * 7_919) % size}` })),
      await asked('a page of 50', size, () => ledger.ask(PAGE)),
    ];
    await ledger.close();
    return points;
  });
  const nextLimit = `A page of 50 takes ${lastOf(measured.points, 'a page of 50').micros.toFixed(0)} µs at the largest size: it reads what it shows, whatever the list has.`;
  return { of: 'entities of one department', ...measured, nextLimit };
}

/** A task and a budget with this many changes. */
export async function versions(): Promise<Axis> {
  const FIRST = 'a budget as of an effective moment, the first time';
  const measured = await along(decades(1, 100_000), SECONDS, async (size) => {
    const ledger = await benchLedger(async (log) => {
      await seed.department(log, 'D');
      await seed.task(log, 'D', 'T', size);
      await seed.budget(log, 'D', size);
    }, IN_A_FILE);
    const at = String(2 + Math.floor(size / 2));
    const first = await cpuMsOf(() => atTheEndOf(ledger, '2023-06-30'));
    const points = [
      await asked('one entity as of the middle of its versions', size, () => ledger.ask(MIDDLE, { at })),
      { operation: FIRST, size, micros: first * 1_000 },
      await asked('the same, again', size, () => atTheEndOf(ledger, '2023-06-30')),
    ];
    await ledger.close();
    return points;
  });
  const { micros, size } = lastOf(measured.points, FIRST);
  const nextLimit = `A budget of ${size.toLocaleString('en')} changes takes ${(micros / 1_000).toFixed(0)} ms of CPU time when it is asked as of an effective moment for the first time; at a second, the limit of CPU time for one answer comes near.`;
  return { of: 'versions of one entity', ...measured, nextLimit };
}

const IN_A_FILE = { readModels: 'sqlite' } as const;

const atTheEndOf = (ledger: BenchLedger, day: string): Promise<unknown> => ledger.ask(EFFECTIVE, { day });

async function asked(operation: string, size: number, ask: () => Promise<unknown>): Promise<Point> {
  const ms = await cpuMsOf(async () => {
    for (let call = 0; call < CALLS; call++) await ask();
  });
  return { operation, size, micros: (ms * 1_000) / CALLS };
}
