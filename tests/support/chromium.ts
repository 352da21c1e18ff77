import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';
import timeLimits from './time-limits.json';

/** A page of nine megabytes needs several chunks. */
export const BROWSER_TIMEOUT_MS = 2 * timeLimits.test;
const STEP_TIMEOUT_MS = timeLimits.browserStep;

/** Debian's Chromium, headless. */
export function startChromium(): Promise<Browser> {
  // Chromium's sandbox refuses to run as root, and a container's shared memory may be too small for it.
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: pathOf('chromium'), args, timeout: STEP_TIMEOUT_MS });
}

function pathOf(command: string): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable);
  if (found === undefined) throw new Error(`${command} is missing; scripts/test installs it`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface WatchedPage {
  readonly page: Page;
  /** The addresses of all requests and sockets of the page. */
  readonly requests: readonly string[];
  /** Everything in the console, and every answer with an error status. */
  readonly complaints: readonly string[];
}

/** Resources inside the page itself are not requested from a server. */
const isWithin = (url: string): boolean => /^(data|blob):/.test(url);

/** A new page without any stored data. */
export async function newPerson(browser: Browser, options?: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!isWithin(request.url())) requests.push(request.url());
  });
  page.on('websocket', (socket) => {
    requests.push(socket.url());
  });
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    // A page that is left leaves its workers unread.
    if (!isWithin(request.url())) complaints.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  return { page, requests, complaints };
}
