import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser, chromium, Page } from 'playwright-core';
import { percentile, Report } from './measure';
import { frameWork, longestTask } from './page-trace';
import { PageServer, startPageServer } from './page-server';
import { write, Writing } from './page-writers';

const WRITERS = 50;
const MEASURED_MS = 20_000;
const SAMPLE_MS = 500;
const MB = 1_048_576;
const KB_PER_MB = 1_024;

/**
 * A reader follows the live feed on the page in Chromium while 50 writers write: what the main thread of the page does in each frame,
 * by Chromium's tracing, and the memory of its process. Needs `npm run build` and Debian's chromium.
 */
export async function page(): Promise<Report> {
  const server = await startPageServer();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    return await measured(browser, server);
  } finally {
    await browser.close();
    server.stop();
  }
}

async function measured(browser: Browser, server: PageServer): Promise<Report> {
  const reader = await follow(browser, server);
  const writing: Writing = write(server, WRITERS);
  // The first changes have the code of the page compiled.
  await pause(MEASURED_MS / 4);
  const before = writing.written();
  await browser.startTracing(reader, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const memory = await sampled(browser, reader, MEASURED_MS);
  const trace = await browser.stopTracing();
  const changes = writing.written() - before;
  await writing.stop();
  const shown = await reader.locator('.feed-list li').count();
  const work = frameWork(trace);
  return [
    `${changes} changes by ${WRITERS} writers in ${MEASURED_MS / 1_000} s; ${shown} rows in the document`,
    { what: 'main-thread work a frame, p95', value: percentile(work, 95), unit: 'ms CPU', bound: { atMost: 8 } },
    { what: 'main-thread work a frame, p99', value: percentile(work, 99), unit: 'ms CPU' },
    { what: 'longest task', value: longestTask(trace), unit: 'ms CPU', bound: { atMost: 50 } },
    { what: 'heap of the page', value: memory.heap, unit: 'MB' },
    { what: 'memory of its process, without shared files', value: memory.process, unit: 'MB', bound: { atMost: 150 } },
  ];
}

async function follow(browser: Browser, { address, token }: PageServer): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  await context.addInitScript(`sessionStorage.setItem('mingjian.token', ${JSON.stringify(token('auditor'))})`);
  const reader = await context.newPage();
  await reader.goto(`${address}/app/feed?after=0`);
  await reader.locator('.live-state.is-live').waitFor();
  return reader;
}

/** The largest amounts of memory that were seen. */
async function sampled(browser: Browser, reader: Page, ms: number): Promise<{ heap: number; process: number }> {
  const session = await reader.context().newCDPSession(reader);
  await session.send('Performance.enable');
  const [seen, until] = [{ heap: 0, process: 0 }, performance.now() + ms];
  while (performance.now() < until) {
    await pause(SAMPLE_MS);
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    seen.heap = Math.max(seen.heap, heap / MB);
    seen.process = Math.max(seen.process, await rendererMb(browser));
  }
  return seen;
}

/** The largest process of a page: the browser has a spare one, which is small. */
async function rendererMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => anonymousMb(id));
  return Math.max(0, ...sizes);
}

function anonymousMb(pid: number): number {
  const [, kb = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / KB_PER_MB;
}
