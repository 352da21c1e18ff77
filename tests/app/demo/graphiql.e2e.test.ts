import { Browser, Page } from 'playwright-core';
import pino from 'pino';
import { readConfig } from '../../../src/app/config';
import { Server, startServer } from '../../../src/app/server';
import { BROWSER_TIMEOUT_MS, newPerson, startChromium, WatchedPage } from '../../support/chromium';
import { temporaryFolder } from '../../support/temporary-folder';

/** The page of the demo in a browser, used only by clicks. */

const folder = temporaryFolder();
const people: WatchedPage[] = [];
let server: Server;
let browser: Browser;

beforeAll(async () => {
  const config = readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder.path });
  server = await startServer(config, pino({ level: 'silent' }));
  browser = await startChromium();
}, BROWSER_TIMEOUT_MS);

afterAll(async () => {
  await browser.close();
  await server.stop();
  folder.remove();
}, BROWSER_TIMEOUT_MS);

afterEach(async () => {
  for (const { page } of people.splice(0)) await page.context().close();
});

async function open(): Promise<Page> {
  const person = await newPerson(browser);
  people.push(person);
  await person.page.goto(server.address);
  await editor(person.page, 'MidYear');
  return person.page;
}

const editor = (page: Page, text: string) => page.locator('.graphiql-query-editor', { hasText: text }).waitFor();
const result = (page: Page, text: string) => page.locator('.result-window', { hasText: text }).waitFor();
const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ }).click();

async function openTab(page: Page, name: string): Promise<void> {
  await page.locator('.graphiql-tab-button', { hasText: name }).click();
  await editor(page, name);
}

/** The page asked no other server, and the console has no errors. `expected`: what the test itself causes. */
function expectQuiet(expected?: string): void {
  for (const { requests, complaints } of people) {
    expect(complaints.filter((complaint) => complaint !== expected)).toEqual([]);
    expect(new Set(requests.map((url) => new URL(url).host))).toEqual(new Set([new URL(server.address).host]));
  }
}

test(
  'the first click runs a query',
  async () => {
    const page = await open();
    await run(page);
    await result(page, '"revised": "9689.88"');
    await page.getByRole('button', { name: /^Prettify query/ }).click();
    await page.getByRole('button', { name: /^Merge fragments/ }).click();
    // A worker computes the suggestions.
    await page.locator('.graphiql-query-editor').getByText('opening').click();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget', { hasText: 'opening' }).waitFor();
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the second tab records something each time it is run',
  async () => {
    const page = await open();
    await openTab(page, 'Spend');
    for (const executed of ['1.00', '2.00']) {
      await run(page);
      await result(page, `"executed": "${executed}"`);
    }
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the third tab shows what another person records, live, until it is stopped',
  async () => {
    const [page, other] = [await open(), await open()];
    await openTab(page, 'Changes');
    await run(page);
    await result(page, '"kind": "CAUGHT_UP"');

    await openTab(other, 'Spend');
    await run(other);
    await result(page, '"type": "ExpenditureRecorded"');

    await page.getByRole('button', { name: /^Stop query/ }).click();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    expect(people[0]!.requests.filter((url) => url.startsWith('ws:'))).toHaveLength(1);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'after a reload the tabs are still there, and a token with them',
  async () => {
    const page = await open();
    await openTab(page, 'Changes');
    await page.reload();
    await editor(page, 'Changes');
    await openTab(page, 'MidYear');
    await run(page);
    await result(page, '"revised": "9689.88"');
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.locator('.graphiql-editor-tool', { hasText: 'Bearer ' }).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('Bearer ');
    // The reload aborts the question for the schema if it is not answered yet.
    expectQuiet(`${server.address}/graphql: net::ERR_ABORTED`);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the panes next to the editor show the schema',
  async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const documentation = page.locator('.graphiql-doc-explorer');
    await documentation.getByRole('link', { name: 'Mutation', exact: true }).first().click();
    await documentation.getByText('approveBudget', { exact: true }).click();
    await documentation.getByText('ApproveBudgetInput').waitFor();
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    await page.locator('.graphiql-plugin', { hasText: 'effectiveAt' }).waitFor();
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);
