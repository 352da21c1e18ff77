import { NOTHING_KEPT } from '../src/read-model/adapters/redis/reader';
import { benchLedger } from './bench-ledger';
import { onRedis } from './engines';
import { inTurns, ratio, Report } from './measure';
import { department, task } from './seed';

const LENGTHS = [10, 1_000, 100_000] as const;
const QUERY =
  'query($at: Position!) { asOf(at: { position: $at }) { task(code: "T") { progress status revision lastChange { id } } } }';
/** The number of events of the department, after which the task begins. */
const BEFORE = '1';

/** As of the middle of one entity's history in Redis, for histories of different lengths, and as of a moment before it. */
export function redisReads(): Promise<Report> {
  return onRedis(async ({ url }) => {
    const ledgers = await Promise.all(
      LENGTHS.map((length, database) =>
        benchLedger(
          async (log) => {
            await department(log, 'D');
            await task(log, 'D', 'T', length);
          },
          // What is measured is a read of Redis.
          { redisUrl: `${url}/${database}`, cacheBytes: NOTHING_KEPT },
        ),
      ),
    );
    const cases: Record<string, () => Promise<unknown>> = {};
    for (const [index, ledger] of ledgers.entries()) {
      const length = LENGTHS[index]!;
      const middle = String(2 + Math.floor(length / 2));
      cases[`middle of ${length}`] = async () => {
        if ((await ledger.ask(QUERY, { at: middle })).asOf.task === null) throw new Error('the task is not there');
      };
      cases[`before ${length}`] = async () => {
        if ((await ledger.ask(QUERY, { at: BEFORE })).asOf.task !== null) throw new Error('the task is there');
      };
    }
    const times = await inTurns(cases, { rounds: 15, calls: 100 });
    await Promise.all(ledgers.map((ledger) => ledger.close()));
    return (['middle of', 'before'] as const).flatMap((when) => {
      const what = when === 'before' ? 'as of a moment before the first of' : 'as of the middle of';
      const [short, middle, long] = LENGTHS.map((length) => times[`${when} ${length}`]!);
      return [
        { what: `${what} 10 versions, in process`, value: short!, unit: 'µs' },
        ratio(`the same of 1,000 versions`, middle!, short!, { atMost: 1.5 }),
        ratio(`the same of 100,000 versions`, long!, short!, { atMost: 1.5 }),
      ];
    });
  });
}
