import { features, streamNames } from '../src/app/features';
import { EventStore } from '../src/event-store/event-store';
import { upcasting } from '../src/event-store/event-types';
import { Projector } from '../src/projector/projector';
import { MemoryTemporalStore } from '../src/read-model/adapters/memory';
import { TemporalStore } from '../src/read-model/temporal-store';
import { benchLedger } from './bench-ledger';
import { median, Report } from './measure';
import * as seed from './seed';
import { NO_TROUBLE } from './no-trouble';

const DEPARTMENTS = 50;
const ROUNDS = 5;

/** From empty read models to the head: a log of budgets, tasks and indicators with about 100 changes each. */
export async function replay(): Promise<Report> {
  const ledger = await benchLedger(manyDepartments);
  const head = await ledger.log.head();
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rates.push(Number(head) / (await secondsToProject(ledger.log, new MemoryTemporalStore())));
  }
  await ledger.close();
  return [
    { what: 'events replayed', value: Number(head), unit: 'events' },
    {
      what: 'replay of the log into memory read models',
      value: median(rates),
      unit: 'events/s',
      bound: { atLeast: 50_000 },
    },
  ];
}

export async function manyDepartments(log: EventStore, departments = DEPARTMENTS): Promise<void> {
  for (let index = 0; index < departments; index++) {
    const code = `D${index}`;
    await seed.department(log, code);
    await seed.budget(log, code, 1_000);
    for (let part = 0; part < 5; part++) {
      await seed.task(log, code, `${code}-T${part}`, 100);
      await seed.indicator(log, code, `${code}-I${part}`, 100);
    }
  }
}

/** From an empty store to the head of the log. */
export async function secondsToProject(log: EventStore, store: TemporalStore): Promise<number> {
  const head = await log.head();
  const stop = new AbortController();
  const start = performance.now();
  const projector = new Projector({
    log: upcasting(log, features.eventTypes),
    store,
    streams: streamNames(),
    projections: features.projections,
    telemetry: NO_TROUBLE,
  });
  const running = projector.run(stop.signal);
  while (((await store.watermark())?.position ?? 0n) < head) await store.waitForWatermark(head, 1_000);
  const seconds = (performance.now() - start) / 1000;
  stop.abort();
  await running;
  return seconds;
}
