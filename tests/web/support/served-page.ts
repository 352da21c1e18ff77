import { existsSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { readConfig } from '../../../src/app/config';
import { Server, startServer } from '../../../src/app/server';
import { newPerson, startChromium, WatchedPage } from '../../support/chromium';
import { temporaryFolder } from '../../support/temporary-folder';

/** A demo server with the built page, and a browser. */
export interface ServedPage {
  readonly address: string;
  readonly browser: Browser;
  /** Opens a place as a person of the demo, who has just signed in by a click. */
  open(place: string, person?: string, options?: BrowserContextOptions): Promise<WatchedPage>;
  /** Stops the server and starts it again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const AUDITOR = '王审计';
const BUILT = path.join(__dirname, '../../../dist/web/index.html');

export async function servePage(): Promise<ServedPage> {
  if (!existsSync(BUILT)) throw new Error('The page has not been built; run: npm run build:page');
  const folder = temporaryFolder();
  const start = (port: string): Promise<Server> =>
    startServer(readConfig({ DEMO: '1', PORT: port, DATA_DIR: folder.path }), pino({ level: 'silent' }));
  let server = await start('0');
  const { address } = server;
  const browser: Browser = await startChromium();
  return {
    address,
    browser,
    async open(place, person = AUDITOR, options) {
      const watched = await newPerson(browser, options);
      await watched.page.goto(`${address}${place}`);
      await signIn(watched.page, person);
      return watched;
    },
    async restart() {
      await server.stop();
      server = await start(new URL(address).port);
    },
    async close() {
      await browser.close();
      await server.stop();
      folder.remove();
    },
  };
}

export const signIn = (page: Page, person: string): Promise<void> => page.getByRole('button', { name: person }).click();
