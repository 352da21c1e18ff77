import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { Browser, Page } from 'playwright-core';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { Figure, median, percentile, Report } from './measure';
import { memoryOf, newReader, startBrowser } from './page-browser';
import { RunningServer, startBuiltServer } from './page-server';
import { longestTask, stepWork, TRACED } from './page-trace';
import * as seed from './seed';

/** The budget of the first department has this many changes: as many as the slider and the map are for. */
const LONG_HISTORY = 10_000;
/** One department: itself, a budget with 208 expenditures, 5 tasks with 5 reports, 12 indicators with 9 observations. */
const CHANGES_OF_DEPARTMENT = 360;
const DEPARTMENTS_AT_ONCE = 50;
const STEPS = 60;
const KEY_STEPS = 20;
/** What the page marks in a trace when a step has been drawn. */
const DRAWN = 'step-drawn';
/** No view takes as long. Playwright would give up after half a minute. */
const LONGEST_MS = 120_000;

/**
 * What the page takes on a ledger of many departments and changes: each view from nothing until everything on it is answered, and a
 * step of the slider. Needs `npm run build` and Debian's chromium.
 */
export async function pageLarge(changes: number): Promise<Report> {
  const folder = temporaryFolder();
  const secret = randomBytes(32).toString('hex');
  const head = await generate(folder.path, Math.max(1, Math.round((changes - LONG_HISTORY) / CHANGES_OF_DEPARTMENT)));
  const server = await startBuiltServer({ DATA_DIR: folder.path, AUTH_JWT_SECRET: secret });
  const browser = await startBrowser();
  try {
    await ready(server);
    return [`${head} changes on record`, ...(await measured(browser, server, await tokenOf(secret)))];
  } finally {
    await browser.close();
    server.stop();
    folder.remove();
  }
}

/** Returns the number of changes. */
async function generate(folder: string, departments: number): Promise<number> {
  const log = openSqliteEventStore({ path: join(folder, 'ledger.db'), prefix: 'mingjian-' });
  const codes = Array.from({ length: departments }, (_, index) => `D${String(index).padStart(3, '0')}`);
  const one = async (code: string): Promise<void> => {
    await seed.department(log, code);
    await seed.budget(log, code, code === codes[0] ? LONG_HISTORY : 208, 8, 10);
    for (let part = 0; part < 5; part++) await seed.task(log, code, `${code}-T${part}`, 5);
    for (let part = 0; part < 12; part++) await seed.indicator(log, code, `${code}-I${part}`, 9);
  };
  try {
    for (let from = 0; from < codes.length; from += DEPARTMENTS_AT_ONCE)
      await Promise.all(codes.slice(from, from + DEPARTMENTS_AT_ONCE).map(one));
    return Number(await log.head());
  } finally {
    await log.close();
  }
}

async function ready({ address }: RunningServer): Promise<void> {
  while (!(await fetch(`${address}/health/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 100));
}

const tokenOf = (secret: string): Promise<string> =>
  new SignJWT({ roles: ['auditor'], departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('bench')
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));

const PLACES: Readonly<Record<string, string>> = {
  'the city': '/app/city/2023',
  'the city of the past': '/app/city/2023?position=50000&effective=2023-06-30',
  'a department': '/app/department/D017/2023',
  'a department with a long history': '/app/department/D000/2023',
  'the history of its budget': '/app/history/BUDGET/D000.2023',
  'a figure of it on both clocks': '/app/clocks/BUDGET/D000.2023?field=/executed',
  'a figure of another one on both clocks': '/app/clocks/BUDGET/D017.2023?field=/executed',
  'two moments of a department': '/app/difference/D017/2023?fromEffective=2023-06-30',
  'two moments of all departments': '/app/difference?fromEffective=2023-06-30',
  'search by name': '/app/search?for=D01',
  'late facts': '/app/late',
};

async function measured(browser: Browser, { address }: RunningServer, token: string): Promise<Report> {
  const reader = await newReader(browser, token);
  reader.setDefaultTimeout(LONGEST_MS);
  const first = await msOf(async () => {
    await reader.goto(`${address}/app/city/2023`);
    await reader.locator('.tiles .figure').first().waitFor();
  });
  const read = await msOf(() => reader.locator('[role=slider][aria-busy=false]').waitFor());
  const report: Figure[] = [
    { what: 'from nothing to the first figures', value: first, unit: 'ms' },
    { what: 'until the slider has its changes', value: read, unit: 'ms' },
    ...(await drag(browser, reader)),
    ...(await stepByKey(reader)),
  ];
  for (const [what, place] of Object.entries(PLACES)) {
    const ms = await msOf(async () => {
      await reader.goto(`${address}${place}`);
      await answered(reader);
    });
    report.push({ what, value: ms, unit: 'ms' });
  }
  const feed = await msOf(async () => {
    await reader.goto(`${address}/app/feed`);
    await reader.locator('.live-state.is-live').waitFor();
  });
  const { heap, process } = await memoryOf(browser, reader);
  return [
    ...report,
    { what: 'the feed, until it is live', value: feed, unit: 'ms' },
    { what: 'heap of the page', value: heap, unit: 'MB' },
    { what: 'memory of its process, without shared files', value: process, unit: 'MB', bound: { atMost: 250 } },
  ];
}

/** What a step of the slider takes while a pointer drags it, and what it takes to show the figures where the pointer rests. */
async function drag(browser: Browser, reader: Page): Promise<readonly Figure[]> {
  const { x, y, width, height } = (await reader.locator('.track').boundingBox())!;
  const middle = y + height / 2;
  const at = (step: number): number => x + width * (0.95 - (0.9 * step) / STEPS);
  await reader.mouse.move(at(0), middle);
  await reader.mouse.down();
  const steps: number[] = [];
  await browser.startTracing(reader, TRACED);
  for (let step = 1; step <= STEPS; step++)
    steps.push(
      await msOf(async () => {
        await reader.mouse.move(at(step), middle);
        await drawn(reader, `performance.mark('${DRAWN}')`);
      }),
    );
  const trace = await browser.stopTracing();
  const rested = await msOf(() => shown(reader));
  await reader.mouse.up();
  const work = stepWork(trace, DRAWN);
  return [
    { what: 'dragging, main-thread work a step, median', value: median(work), unit: 'ms CPU' },
    { what: 'dragging, main-thread work a step, p95', value: percentile(work, 95), unit: 'ms CPU', bound: { atMost: 50 } }, // prettier-ignore
    { what: 'dragging, longest task', value: longestTask(trace), unit: 'ms CPU', bound: { atMost: 50 } },
    // On a busy machine most of it is waiting for a core.
    { what: 'dragging, a step until it is drawn, median', value: median(steps), unit: 'ms' },
    { what: 'dragging, a step until it is drawn, p95', value: percentile(steps, 95), unit: 'ms' },
    { what: 'from rest until the figures are shown', value: rested, unit: 'ms' },
  ];
}

/** What a key takes until the figures of the next change are shown. They have been asked for ahead, if the person is not too fast. */
async function stepByKey(reader: Page): Promise<readonly Figure[]> {
  await reader.getByRole('slider').focus();
  const times: number[] = [];
  for (let step = 0; step < KEY_STEPS; step++)
    times.push(
      await msOf(async () => {
        await reader.keyboard.press('ArrowLeft');
        await shown(reader);
      }),
    );
  return [
    { what: 'a key until the figures are shown, p50', value: percentile(times, 50), unit: 'ms' },
    { what: 'a key until the figures are shown, p95', value: percentile(times, 95), unit: 'ms' },
  ];
}

/** Waits until the figures of the moment are shown. A view begins to ask after it has been drawn. */
async function shown(reader: Page): Promise<void> {
  await drawn(reader);
  await reader.locator('main .answer[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** Waits until everything on the view is answered. */
async function answered(reader: Page): Promise<void> {
  await reader.locator('main h1').first().waitFor();
  await drawn(reader);
  await reader.locator('main [aria-busy="true"], main .asking').first().waitFor({ state: 'detached' });
}

/** Waits until what has happened is drawn, and then runs something in the page. */
const drawn = (reader: Page, then = ''): Promise<unknown> =>
  reader.evaluate(`new Promise((done) => requestAnimationFrame(() => setTimeout(() => { ${then}; done(); })))`);

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
