import { Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS } from '../support/chromium';
import { settled } from './support/looked-at';
import { AUDITOR, ServedPage, servePage } from './support/served-page';

/** Facts that are entered on the page, decisions on proposals, and the live feed. These tests write to their demo ledger. */

const EDITOR = '张编辑';
const BUDGET = '441300-DSJ.2024';
const FILLED_IN = 'department=441300-DSJ&fiscalYear=2024&line=OPERATING&effectiveAt=2024-05-06';

let served: ServedPage;
let tokens: ReadonlyMap<string, string>;

beforeAll(async () => {
  served = await servePage();
  const settings = await fetch(`${served.address}/app/settings.json`);
  const { people } = (await settings.json()) as { readonly people: readonly { name: string; token: string }[] };
  tokens = new Map(people.map(({ name, token }) => [name, token]));
}, BROWSER_TIMEOUT_MS);

afterAll(async () => {
  await served.close();
}, BROWSER_TIMEOUT_MS);

const open: Page[] = [];
afterEach(async () => {
  for (const page of open.splice(0)) await page.context().close();
});

async function show(place: string, person: string): Promise<Page> {
  const { page } = await served.open(place, person, { locale: 'en-GB' });
  open.push(page);
  await settled(page);
  return page;
}

/** Asks the API as another client. */
async function ask(query: string, variables: object, person: string): Promise<any> {
  const response = await fetch(`${served.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(person) ?? ''}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const recordElsewhere = (amount: string) =>
  ask(
    `mutation ($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position } }`,
    {
      input: { department: '441300-DSJ', fiscalYear: 2024, line: 'OPERATING', amount, effectiveAt: '2024-05-07' },
    },
    EDITOR,
  );

/** The amounts of the expenditures on record. */
async function expenditures(): Promise<readonly string[]> {
  const filter = { entities: [BUDGET], types: ['ExpenditureRecorded'] };
  const { changes } = await ask(
    `query ($filter: ChangeFilter) { changes(after: "0", filter: $filter) { nodes { data } } }`,
    { filter },
    AUDITOR,
  );
  return changes.nodes.map(({ data }: { data: { amount: string } }) => data.amount);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test(
  'an expenditure is shown as a dry run, and a double click records it once',
  async () => {
    const page = await show(`/app/record/expenditure?${FILLED_IN}`, EDITOR);
    await page.getByLabel('Amount (yuan)').fill('1200.50');
    await button(page, 'Dry run').click();
    const rehearsal = page.getByRole('region', { name: 'Dry run: nothing has been recorded yet' }).first();
    await rehearsal.getByText('Line 公用经费 · Executed').waitFor();
    expect(await expenditures()).toEqual([]);
    await button(page, 'Record it').dblclick();
    await page.getByRole('heading', { name: 'Recorded' }).waitFor();
    expect(await expenditures()).toEqual(['1200.50']);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'if the answer is lost, the same is sent again and is recorded once',
  async () => {
    const page = await show(`/app/record/expenditure?${FILLED_IN}&amount=7.00`, EDITOR);
    await button(page, 'Dry run').click();
    await button(page, 'Record it').waitFor();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"dryRun":false') !== true) return route.continue();
      // The server has recorded it, and nobody learns so.
      await route.fetch();
      return route.abort('connectionreset');
    });
    await button(page, 'Record it').click();
    await page.getByText('There was no answer').waitFor();
    expect(await page.getByLabel('Amount (yuan)').isDisabled()).toBe(true);
    await page.unroute('**/graphql');
    await button(page, 'Send it again').click();
    await page.getByRole('heading', { name: 'Recorded' }).waitFor();
    expect((await expenditures()).filter((amount) => amount === '7.00')).toHaveLength(1);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'what is wrong is shown at its field',
  async () => {
    const page = await show(`/app/record/expenditure?${FILLED_IN}`, EDITOR);
    const amount = page.getByLabel('Amount (yuan)');
    const problem = page.locator('#field-amount-problem');
    await button(page, 'Dry run').click();
    expect(await problem.innerText()).toBe('Needed');
    expect(await amount.evaluate((field) => field === document.activeElement)).toBe(true);
    await amount.fill('abc');
    await button(page, 'Dry run').click();
    await page.locator('#field-amount[aria-invalid="true"]').waitFor();
    expect(await problem.innerText()).toContain('must be a decimal number');
    // A rule of the ledger.
    await amount.fill('900000000');
    await button(page, 'Dry run').click();
    await problem.getByText('it would have more executed than it has').waitFor();
    await amount.fill('1');
    expect(await problem.count()).toBe(0);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a fact whose budget has changed since the dry run is not recorded, and the difference is shown',
  async () => {
    const page = await show(`/app/record/expenditure?${FILLED_IN}&amount=33.00`, EDITOR);
    await button(page, 'Dry run').click();
    await button(page, 'Record it').waitFor();
    await recordElsewhere('44.00');
    await button(page, 'Record it').click();
    const conflict = page.getByRole('alert').filter({ hasText: 'It has changed meanwhile' });
    await conflict.getByText('Line 公用经费 · Executed').waitFor();
    await conflict.getByText(/Expenditure · .* · 张编辑/).waitFor();
    expect(await expenditures()).not.toContain('33.00');
    await button(page, 'Dry run again').click();
    await button(page, 'Record it').click();
    await page.getByRole('heading', { name: 'Recorded' }).waitFor();
    expect(await expenditures()).toContain('33.00');
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a second person confirms a proposal, and who made it cannot',
  async () => {
    const own = await show('/app/proposals', '李财务');
    await own.getByText('This is your own proposal').waitFor();
    expect(await button(own, 'Confirm').count()).toBe(0);
    const page = await show('/app/proposals', '周复核');
    await page
      .getByRole('region', { name: 'If it were confirmed now' })
      .getByText('Line 公用经费 · Remaining')
      .waitFor();
    await button(page, 'Confirm').dblclick();
    await page.locator('.status.is-confirmed').waitFor();
    await page.getByText('周复核').last().waitFor();
    expect(await button(page, 'Confirm').count()).toBe(0);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'in the past, and without the right, nothing can be entered or decided',
  async () => {
    const page = await show('/app/record/expenditure?known=2024-05-01', EDITOR);
    await page.getByText('nothing can be recorded').waitFor();
    expect(await page.locator('form.entering').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Record', exact: true }).count()).toBe(0);
    const auditor = await show('/app/record/expenditure', AUDITOR);
    await auditor.getByText('You may not record anything').waitFor();
    const past = await show('/app/proposals?known=2024-05-01', '周复核');
    await past.locator('.status.is-waiting').waitFor();
    expect(await button(past, 'Confirm').count()).toBe(0);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the feed shows what another client records, and goes on after the server was restarted',
  async () => {
    const page = await show('/app/feed?kind=BUDGET', AUDITOR);
    const rows = page.locator('.feed-list li');
    await page.getByText('Live', { exact: true }).waitFor();
    await recordElsewhere('2310000.00');
    await rows.first().getByText('231.00').waitFor();
    await served.restart();
    await recordElsewhere('1320000.00');
    await rows.first().getByText('132.00').waitFor();
    expect(await rows.filter({ hasText: '231.00' }).count()).toBe(1);
    expect(await rows.filter({ hasText: '132.00' }).count()).toBe(1);
    // A link to the place shows the same.
    await page.reload();
    await rows.first().getByText('132.00').waitFor();
  },
  BROWSER_TIMEOUT_MS,
);
