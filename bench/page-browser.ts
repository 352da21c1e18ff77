import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser, chromium, Page } from 'playwright-core';

const SAMPLE_MS = 500;
const MB = 1_048_576;
const KB_PER_MB = 1_024;

/** Debian's Chromium, headless. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

/** A page of a person who is signed in, before it has gone anywhere. */
export async function newReader(browser: Browser, token: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  await context.addInitScript(`sessionStorage.setItem('mingjian.token', ${JSON.stringify(token)})`);
  return context.newPage();
}

/** In MB. */
export interface Memory {
  readonly heap: number;
  /** What the process of the page has for itself: files that are shared with other processes do not count. */
  readonly process: number;
}

export async function memoryOf(browser: Browser, reader: Page): Promise<Memory> {
  const session = await reader.context().newCDPSession(reader);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  return { heap: heap / MB, process: await rendererMb(browser) };
}

/** The largest amounts of memory that were seen. */
export async function sampledMemory(browser: Browser, reader: Page, ms: number): Promise<Memory> {
  let seen: Memory = { heap: 0, process: 0 };
  for (const until = performance.now() + ms; performance.now() < until;) {
    await pause(SAMPLE_MS);
    const { heap, process } = await memoryOf(browser, reader);
    seen = { heap: Math.max(seen.heap, heap), process: Math.max(seen.process, process) };
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
