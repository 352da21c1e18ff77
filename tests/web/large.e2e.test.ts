import { join } from 'node:path';
import { Browser, Page } from 'playwright-core';
import * as seed from '../../bench/seed';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { BROWSER_TIMEOUT_MS, newPerson, startChromium } from '../support/chromium';
import { NodeClient, startNodeHere } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';
import { settled } from './support/looked-at';

/** The page on a ledger with more departments, lines, steps and tasks than one page of the API has. */

const DEPARTMENTS = 205;
const LINES = 205;
const STEPS = 203;
const TASKS = 202;
const LONG = 'D000';

const folder = temporaryFolder();
const cleanUps: (() => unknown)[] = [
  () => {
    folder.remove();
  },
];
let server: NodeClient;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await fill();
  server = await startNodeHere({ DATA_DIR: folder.path }, (cleanUp) => cleanUps.push(cleanUp));
  browser = await startChromium();
  cleanUps.push(() => browser.close());
  const person = await newPerson(browser, { locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  page = person.page;
  await page.addInitScript(`sessionStorage.setItem('mingjian.token', ${JSON.stringify(server.token)})`);
}, BROWSER_TIMEOUT_MS);

afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
}, BROWSER_TIMEOUT_MS);

async function fill(): Promise<void> {
  const log = openSqliteEventStore({ path: join(folder.path, 'ledger.db'), prefix: 'mingjian-' });
  const codes = Array.from({ length: DEPARTMENTS }, (_, index) => `D${String(index).padStart(3, '0')}`);
  for (const code of codes) {
    await seed.department(log, code);
    await seed.budget(log, code, 2, code === LONG ? LINES : 1);
  }
  await seed.supplements(log, LONG, STEPS, 3);
  for (let task = 0; task < TASKS; task++) await seed.task(log, LONG, `T${String(task).padStart(3, '0')}`, 1);
  await log.close();
}

async function ask(query: string): Promise<any> {
  const { data, ...others } = await server.ask(query);
  if (data === undefined || data === null) throw new Error(JSON.stringify(others));
  return data;
}

async function open(place: string): Promise<void> {
  await page.goto(`${server.address}${place}`);
  await settled(page);
}

const table = (caption: string) => page.locator('.table').filter({ has: page.getByText(caption, { exact: true }) });
const rows = (caption: string) => table(caption).locator('tbody tr');
const next = (within: string) => page.locator(within).getByRole('button', { name: 'Next page' });
const plain = (text: string): string => text.replaceAll(',', '').trim();
const wan = (yuan: string): string => {
  const [integer = '', fraction = ''] = yuan.split('.');
  const digits = `${integer.padStart(5, '0')}${fraction}`;
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`;
};

test(
  'the city has every department with its name, page by page, and its sum is that of all',
  async () => {
    const { totals, all } = await ask(
      `{ totals(fiscalYear: 2023, by: [DEPARTMENT]) { keys revised } all: totals(fiscalYear: 2023) { revised } }`,
    );
    await open('/app/city/2023');
    expect(await rows('By department').count()).toBe(200);
    await table('By department').getByRole('button', { name: 'Department', exact: true }).click();
    await table('By department').getByRole('button', { name: 'Department', exact: true }).click();
    await next('.table >> nth=0').click();
    await page.getByText(`Rows 201 to ${DEPARTMENTS} of ${DEPARTMENTS}`).waitFor();
    const last = rows('By department').last();
    await last.getByRole('link', { name: '部门 D204' }).waitFor();
    const figures = await last.locator('td').allInnerTexts();
    expect(plain(figures[2]!)).toBe(wan(totals.at(-1).revised));
    expect(totals.at(-1).keys).toEqual(['D204']);
    expect(plain(await page.locator('.tiles .figure').nth(2).innerText())).toBe(wan(all[0].revised));
    // Nobody has spent four fifths of the budget.
    await page.getByText(`departments with alerts: ${DEPARTMENTS} of ${DEPARTMENTS}`).waitFor();
    expect(await rows('Alerts').count()).toBe(200);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a snapshot is asked for ahead only when the place of the slider is known',
  async () => {
    let readOn = (): void => undefined;
    const heldBack = new Promise<void>((resolve) => (readOn = resolve));
    const asked: string[] = [];
    await page.route('**/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON() as {
        readonly query: string;
        readonly variables: { readonly after?: string; readonly at?: { readonly position: string } };
      };
      if (query.includes('query City(')) asked.push(variables.at?.position ?? '');
      // What is older than the newest changes.
      if (query.includes('query TimelinePage') && variables.after === '0') await heldBack;
      await route.continue();
    });
    await page.clock.install();
    await open('/app/city/2023?position=300');
    await page.locator('[role=slider][aria-busy=true]').waitFor();
    await page.clock.fastForward(1_000);
    await settled(page);
    expect(asked).toEqual(['300']);
    readOn();
    const ahead = page.waitForRequest((request) => request.postData()?.includes('"position":"299"') === true);
    await page.locator('[role=slider][aria-busy=false]').waitFor();
    await page.clock.fastForward(1_000);
    await ahead;
    await page.unroute('**/graphql');
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'every department can be chosen in a filter',
  async () => {
    await open('/app/late');
    const choice = page.getByRole('combobox', { name: 'Department', exact: true });
    await choice.locator('option').nth(DEPARTMENTS).waitFor({ state: 'attached' });
    await choice.selectOption('D204');
    await page.waitForURL((url) => url.searchParams.get('department') === 'D204');
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a department has all of its lines, steps and tasks, and its figures are those of the API',
  async () => {
    const { budget } = await ask(
      `{ budget(department: "${LONG}", fiscalYear: 2023) { opening revised
          linesPage(last: 1) { nodes { code revised } } bridgePage(last: 3) { nodes { revisedAfter } } } }`,
    );
    await open(`/app/department/${LONG}/2023`);
    // The bars come to the revised budget, though only the first steps have a bar of their own.
    await page.getByText('All others', { exact: true }).first().waitFor();
    const sum = page.locator('p.sum').first();
    expect(await sum.getAttribute('class')).toBe('sum');
    expect(await rows('Each step').count()).toBe(200);
    await next('section:has(.chart) >> nth=0').click();
    await expectRows('Each step', STEPS - 200);
    expect(await sum.getAttribute('class')).toBe('sum');
    expect(plain(await sum.innerText())).toContain(`= ${wan(budget.revised)}`);

    const after = rows('Each step').first().locator('td').nth(4).getByRole('button');
    const text = await after.innerText();
    expect(plain(text)).toBe(wan(budget.bridgePage.nodes[0].revisedAfter));
    await after.click();
    const panel = page.locator('.blame');
    expect(await panel.locator('.blame-figure').innerText()).toBe(text);
    await panel.getByRole('button', { name: `Opening budget: ${grouped(wan(budget.opening))}` }).waitFor();
    await page.keyboard.press('Escape');

    const lines = page.locator('section').filter({ has: table('Budget lines') });
    expect(await rows('Budget lines').count()).toBe(200);
    await lines.getByRole('button', { name: 'Next page' }).click();
    await expectRows('Budget lines', LINES - 200);
    const [line] = budget.linesPage.nodes;
    await rows('Budget lines')
      .filter({ hasText: line.code })
      .getByRole('button', { name: /Revised budget/ })
      .click();
    await panel.getByText('The change that gave it its value').waitFor();
    // The figure of a line that is not among the first ones.
    await panel.getByRole('button', { name: `Opening budget: ${grouped(wan(line.revised))} 万元` }).waitFor();

    const tasks = page.locator('section').filter({ has: table('Tasks') });
    await tasks.getByRole('button', { name: 'Next page' }).click();
    await expectRows('Tasks', TASKS - 200);
  },
  BROWSER_TIMEOUT_MS,
);

/** Waits for the last page, which has so many rows: those before have more. */
async function expectRows(caption: string, count: number): Promise<void> {
  await rows(caption).nth(count).waitFor({ state: 'detached' });
  await settled(page);
  expect(await rows(caption).count()).toBe(count);
}

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+\.)/g, ',');
