import { setTimeout as pause } from 'node:timers/promises';
import { Browser, Page } from 'playwright-core';
import { percentile, Report } from './measure';
import { newReader, sampledMemory, startBrowser } from './page-browser';
import { frameWork, longestTask, TRACED } from './page-trace';
import { PageServer, startDemoServer } from './page-server';
import { write, Writing } from './page-writers';

const WRITERS = 50;
const MEASURED_MS = 20_000;

/**
 * A reader follows the live feed on the page in Chromium while 50 writers write: what the main thread of the page does in each frame,
 * by Chromium's tracing, and the memory of its process. Needs `npm run build` and Debian's chromium.
 */
export async function page(): Promise<Report> {
  const server = await startDemoServer();
  const browser = await startBrowser();
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
  await browser.startTracing(reader, TRACED);
  const memory = await sampledMemory(browser, reader, MEASURED_MS);
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
  const reader = await newReader(browser, token('auditor'));
  await reader.goto(`${address}/app/feed?after=0`);
  await reader.locator('.live-state.is-live').waitFor();
  return reader;
}
