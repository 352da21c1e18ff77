import { join } from 'node:path';
import { buildDemoLedger } from '../src/app/demo/build';
import { readDemoSteps } from '../src/app/demo/steps';
import { EventStore } from '../src/event-store/event-store';
import { DEFAULT_STREAM_PREFIX } from '../src/event-store/streams';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { readReport } from '../src/reports/read-report';
import { FileWriter } from '../src/reports/writing/file-writer';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { benchLedger, BenchLedger } from './bench-ledger';
import { cpuMsOf, longestTurnOf, median, Report } from './measure';
import * as seed from './seed';

const DEMO = { streamPrefix: DEFAULT_STREAM_PREFIX, timeZone: 'Asia/Shanghai' } as const;
/** The benchmarks run in the project's root. */
const REPORT_2023 = 'demo/report-2023';
const EVALUATIONS = 500;
const INDICATORS = 20;
const PAYMENTS = 200;
const PAGE = 100;

/** The report of the demo, and the scores of many evaluations. */
export async function reports(): Promise<Report> {
  const { first, later, turn, kilobytes } = await demoReports();
  const scored = await manyScores();
  return [
    {
      what: 'the report of the demo as DOCX, the first one (CPU time)',
      value: first,
      unit: 'ms',
      bound: { atMost: 1_500 },
    },
    { what: 'a later one (CPU time)', value: later, unit: 'ms', bound: { atMost: 1_500 } },
    {
      what: 'its longest turn of the event loop (CPU time of the main thread)',
      value: turn,
      unit: 'ms',
      bound: { atMost: 10 },
    },
    { what: 'its size', value: kilobytes, unit: 'kB' },
    {
      what: `${EVALUATIONS} evaluations scored, each from ${PAYMENTS} payments and ${INDICATORS} indicators (CPU time)`,
      value: scored,
      unit: 'ms',
      bound: { atMost: 2_000 },
    },
  ];
}

async function demoReports() {
  const folder = temporaryFolder();
  const path = join(folder.path, 'demo.db');
  await buildDemoLedger({ path, ...DEMO, steps: readDemoSteps(REPORT_2023) });
  const demo = openSqliteEventStore({ path, prefix: DEMO.streamPrefix, kind: 'demo' });
  const ledger = await benchLedger((log) => copied(demo, log));
  await demo.close();
  const writer = new FileWriter();
  try {
    const [times, turns]: [number[], number[]] = [[], []];
    let bytes = 0;
    const made = async () => {
      const { report } = await readReport(ledger.services, { department: '441300-DSJ', fiscalYear: 2023, to: {} });
      const waiting = { owner: 'bench', leaving: new AbortController().signal, took: () => undefined };
      bytes = (await writer.write({ format: 'docx', report }, waiting)).length;
    };
    for (let round = 0; round < 7; round++) times.push(await cpuMsOf(made));
    for (let round = 0; round < 7; round++) turns.push(await longestTurnOf(made));
    const [first = 0, ...later] = times;
    return { first, later: median(later), turn: median(turns), kilobytes: bytes / 1_000 };
  } finally {
    await writer.close();
    await ledger.close();
    folder.remove();
  }
}

async function copied(from: EventStore, to: EventStore): Promise<void> {
  for await (const { stream, id, type, data, metadata, revision } of from.readAll(0n)) {
    await to.append(stream, [{ id, type, data, metadata }], revision === 0n ? 'no-stream' : revision - 1n);
  }
}

async function manyScores(): Promise<number> {
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'TEMPLATES');
    await seed.template(log, 'NATIONAL', 'TEMPLATES');
    for (let index = 0; index < EVALUATIONS; index++) {
      const department = `D${index}`;
      await seed.department(log, department);
      await seed.budget(log, department, PAYMENTS);
      for (let number = 0; number < INDICATORS; number++) await seed.scoredIndicator(log, department, number);
      await seed.evaluation(log, department, 'NATIONAL');
    }
  });
  try {
    return await cpuMsOf(() => allScores(ledger));
  } finally {
    await ledger.close();
  }
}

async function allScores(ledger: BenchLedger): Promise<void> {
  const query = `query($after: String) { evaluations(first: ${PAGE}, after: $after) {
    nodes { computedScore scores { score } } pageInfo { hasNextPage endCursor } } }`;
  let after: string | undefined;
  let scored = 0;
  do {
    const { evaluations } = await ledger.ask(query, { after });
    for (const { computedScore, scores } of evaluations.nodes)
      if (computedScore !== null && scores.length === 4) scored++;
    after = evaluations.pageInfo.hasNextPage ? evaluations.pageInfo.endCursor : undefined;
  } while (after !== undefined);
  if (scored !== EVALUATIONS) throw new Error(`${scored} evaluations are scored, not ${EVALUATIONS}`);
}
