import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { appends } from './appends';
import { attacks } from './attacks';
import { cost } from './cost';
import { embeddedLarge } from './embedded-large';
import { evidence } from './evidence';
import { evidenceFiles } from './evidence-files';
import { feed } from './feed';
import { flatness } from './flatness';
import { http } from './http';
import { imports } from './imports';
import { largeBudget } from './large-budget';
import { lists, redisLists } from './lists';
import { meets, Report } from './measure';
import { page } from './page';
import { pageLarge } from './page-large';
import { payments } from './payments';
import { printReport } from './print-report';
import { readable } from './readable';
import { redisHttp } from './redis-http';
import { redisMemory } from './redis-memory';
import { redisReads } from './redis-reads';
import { redisReplay } from './redis-replay';
import { reads } from './reads';
import { replay } from './replay';
import { lineage } from './lineage';
import { monthEnds } from './month-ends';
import { moving } from './moving';
import { reports } from './reports';
import { scopes } from './scopes';
import { sharedBudget } from './shared-budget';
import { signedLog } from './signed-log';
import { stateExports } from './state-exports';
import { totals } from './totals';
import { webhookRecord } from './webhook-record';

const SECTIONS: Readonly<Record<string, () => Promise<Report>>> = {
  flatness,
  replay,
  'large budget': largeBudget,
  'month-ends': monthEnds,
  lists,
  http,
  appends,
  payments,
  'shared budget': sharedBudget,
  readable,
  feed,
  'redis replay': redisReplay,
  'redis reads': redisReads,
  'redis http': redisHttp,
  'redis lists': redisLists,
  'redis memory': redisMemory,
  lineage,
  scopes,
  totals,
  'state exports': stateExports,
  reports,
  imports,
  evidence,
  'signed log': signedLog,
  reads,
  'evidence files': evidenceFiles,
  page,
  attacks,
};

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** Sections that take long: they run only if they are named. */
const LONG_SECTIONS: Readonly<Record<string, (size: number | undefined) => Promise<Report>>> = {
  'embedded-large': (events = 1_000_000) => embeddedLarge(events),
  cost: (changes = 1_000_000) => cost(changes),
  moving: (events = 100_000) => moving(events),
  'webhook-record': (attempts = 1_000_000) => webhookRecord(attempts),
  'page-large': (changes = 100_000) => pageLarge(changes),
};

/** Runs all sections, or the named ones (a number is the size of a long one), prints a table, and writes the figures to bench-results/. */
async function main(args: readonly string[]): Promise<void> {
  const size = args.find(isNumber);
  const wanted = args.filter((name) => !isNumber(name));
  const sections = { ...SECTIONS, ...LONG_SECTIONS };
  const unknown = wanted.filter((name) => !(name in sections));
  if (unknown.length > 0) {
    throw new Error(`No section ${unknown.join(', ')}; there are: ${Object.keys(sections).join(', ')}`);
  }
  // Servers end with this process (engines.ts), even if it is stopped by a signal.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const report: Record<string, Report> = {};
  for (const [name, run] of Object.entries(sections)) {
    const isWanted = wanted.length > 0 ? wanted.includes(name) : name in SECTIONS;
    if (!isWanted) continue;
    report[name] = await run(size === undefined ? undefined : Number(size));
    printReport(name, report[name]);
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  mkdirSync('bench-results', { recursive: true });
  const file = `bench-results/${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
  writeFileSync(file, `${JSON.stringify({ machine, report }, null, 2)}\n`);
  process.stdout.write(`\n${file}\n`);
  process.exitCode = Object.values(report)
    .flat()
    .every((line) => typeof line === 'string' || meets(line))
    ? 0
    : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
  process.exit(1);
});
