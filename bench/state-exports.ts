import { monitorEventLoopDelay } from 'node:perf_hooks';
import { features } from '../src/app/features';
import { TABLE_FORMATS } from '../src/exports/tables/formats';
import { unwrap } from '../src/kernel/refusal';
import { Moment } from '../src/kernel/time';
import { Scope } from '../src/reading/scope';
import { Table } from '../src/reading/tables/table';
import { benchLedger, BenchLedger } from './bench-ledger';
import { Figure, Report } from './measure';
import * as seed from './seed';

const BUDGETS = 500;
const CHANGES = 200;
const text = { byteOrderMark: true, forSpreadsheets: true };
const worker = { requireGoing: () => undefined, took: () => undefined };

/** Exports of the entries of 500 budgets of 200 changes each, in process, and how long they keep other requests waiting. */
export async function stateExports(): Promise<Report> {
  const ledger = await benchLedger(async (log) => {
    for (let index = 0; index < BUDGETS; index++) {
      await seed.department(log, `D${index}`);
      await seed.budget(log, `D${index}`, CHANGES);
    }
  });
  try {
    const report: Figure[] = [];
    for (const format of TABLE_FORMATS) {
      for (const effectiveAt of [undefined, '2023-12-31']) {
        // The first time, the code is warmed up.
        await exported(ledger, format, effectiveAt);
        const { ms, waitMs, megabytes } = await exported(ledger, format, effectiveAt);
        const what = `entries of ${BUDGETS} budgets as ${format.extension}${effectiveAt === undefined ? '' : ' with effectiveAt'}`;
        report.push(
          { what, value: ms, unit: 'ms' },
          { what: 'its size', value: megabytes, unit: 'MB' },
          { what: '99 of 100 turns end within', value: waitMs, unit: 'ms', bound: { atMost: 40 } },
        );
      }
    }
    return report;
  } finally {
    await ledger.close();
  }
}

async function exported(ledger: BenchLedger, format: (typeof TABLE_FORMATS)[number], date: string | undefined) {
  const { services } = ledger;
  const effectiveAt: Moment | undefined = date === undefined ? undefined : { kind: 'date', date };
  const scope = new Scope(services, unwrap(await services.reader.resolve({ effectiveAt })), 'snapshot');
  const table = features.tables.get('entries') as Table;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const start = performance.now();
  delay.enable();
  let bytes = 0;
  const source = { columns: table.columns, pages: table.rows(scope, {}), position: scope.position, worker, text };
  for await (const piece of format.write(source)) bytes += Buffer.byteLength(piece);
  delay.disable();
  return { ms: performance.now() - start, waitMs: delay.percentile(99) / 1e6, megabytes: bytes / 1e6 };
}
