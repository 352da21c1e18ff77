import { Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS } from '../support/chromium';
import { compileChildren } from '../support/import-child';
import { settled } from './support/looked-at';
import { CLERK } from './support/places';
import { AUDITOR, ServedPage, servePage } from './support/served-page';

/** Facts that are entered on the page, decisions on proposals, and the live feed. These tests write to their demo ledger. */

const EDITOR = '张编辑';
const BUDGET = '441300-DSJ.2024';
const FILLED_IN = 'department=441300-DSJ&fiscalYear=2024&line=OPERATING&effectiveAt=2024-05-06';

let served: ServedPage;
let tokens: ReadonlyMap<string, string>;

beforeAll(async () => {
  compileChildren();
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
    await rehearsal.getByText('Line OPERATING 公用经费 · Executed').waitFor();
    expect(await expenditures()).toEqual([]);
    await button(page, 'Record it').dblclick();
    await page.getByRole('heading', { name: 'Recorded' }).waitFor();
    expect(await expenditures()).toEqual(['1200.50']);
  },
  BROWSER_TIMEOUT_MS,
);

/** How many changes of a type are on record. */
async function countOf(type: string): Promise<number> {
  const { changes } = await ask(
    `query ($filter: ChangeFilter) { changes(after: "0", first: 200, filter: $filter) { nodes { position } } }`,
    { filter: { types: [type] } },
    AUDITOR,
  );
  return changes.nodes.length;
}

/** Shows a form as a dry run, which records nothing, and records it by a double click. */
async function rehearseAndRecord(page: Page, type: string): Promise<void> {
  const before = await countOf(type);
  await button(page, 'Dry run').click();
  await button(page, 'Record it').waitFor();
  expect(await countOf(type)).toBe(before);
  await button(page, 'Record it').dblclick();
  await page.getByRole('heading', { name: 'Recorded', exact: true }).waitFor();
  expect(await countOf(type)).toBe(before + 1);
}

const problemAt = (page: Page, field: string) => page.locator(`#field-${field}-problem`);

test(
  'a refund that would leave less than nothing needs a reason',
  async () => {
    const page = await show(`/app/record/refund?${FILLED_IN}&amount=1000000`, CLERK);
    await button(page, 'Dry run').click();
    await problemAt(page, 'reason').getByText('give a reason').waitFor();
    await page.getByLabel('Amount (yuan)').fill('5.00');
    await page.getByLabel('Reason').fill('退回押金');
    await rehearseAndRecord(page, 'RefundRecorded');
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the progress of a task is reported',
  async () => {
    await ask(
      `mutation ($input: PlanTaskInput!) { planTask(input: $input) { position } }`,
      { input: { code: 'PAGE-T', department: '441300-DSJ', fiscalYear: 2024, title: '页面任务' } },
      CLERK,
    );
    const page = await show('/app/record/progress?department=441300-DSJ&code=PAGE-T&effectiveAt=2024-05-06', CLERK);
    await page.getByLabel('Progress (%)').fill('101');
    await button(page, 'Dry run').click();
    await page.locator('#field-progress[aria-invalid="true"]').waitFor();
    await page.getByLabel('Progress (%)').fill('45.5');
    expect(await problemAt(page, 'progress').count()).toBe(0);
    await rehearseAndRecord(page, 'TaskProgressReported');
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'an observation is recorded, and is not one of the future',
  async () => {
    const indicator = { code: 'PAGE-K', department: '441300-DSJ', fiscalYear: 2024, name: '页面指标', target: '98' };
    const kind = { level1: 'OUTPUT', level2: 'QUALITY', direction: 'AT_LEAST' };
    await ask(
      `mutation ($input: DefineIndicatorInput!) { defineIndicator(input: $input) { position } }`,
      { input: { ...indicator, ...kind } },
      CLERK,
    );
    const page = await show('/app/record/observation?department=441300-DSJ&code=PAGE-K', CLERK);
    await page.getByLabel('Observed on').fill('2999-01-01');
    await page.getByLabel('Read as').selectOption('GT');
    await page.getByLabel('Value', { exact: true }).fill('97.4');
    await button(page, 'Dry run').click();
    await problemAt(page, 'observedOn').waitFor();
    await page.getByLabel('Observed on').fill('2024-05-06');
    await rehearseAndRecord(page, 'ObservationRecorded');
    await page.locator('.outcome').getByText('more than').waitFor();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a fact is corrected, with evidence that is no web page and so no link',
  async () => {
    const { recordExpenditure } = await recordElsewhere('61.00');
    const page = await show(`/app/record/correction/${recordExpenditure.position}`, EDITOR);
    await page.locator('.fact').getByText('61.00').waitFor();
    await page.getByLabel('Right amount (yuan)').fill('1.234');
    await button(page, 'Dry run').click();
    await problemAt(page, 'amount').waitFor();
    await page.getByLabel('Right amount (yuan)').fill('60.00');
    await page.getByLabel('Address of the evidence').fill('javascript:alert(1)');
    await page.getByRole('textbox', { name: 'Reason' }).fill('录入有误');
    await rehearseAndRecord(page, 'BudgetFactCorrected');
    await page.locator('.outcome').getByRole('link', { name: BUDGET }).click();
    await page
      .getByRole('button', { name: /Fact of the budget corrected/ })
      .first()
      .click();
    const evidence = page.locator('.blame .evidence').first();
    await evidence.getByText('javascript:alert(1)').waitFor();
    expect(await evidence.getByRole('link').count()).toBe(0);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'every cell of a file is answered for, and a file that is right is imported once',
  async () => {
    const page = await show('/app/record/import', CLERK);
    const mapping = {
      department: '441300-DSJ',
      fiscalYear: 2024,
      unit: 'YUAN',
      line: 'OPERATING',
      columns: { voucher: '凭证号', date: '支付日期', amount: '金额', memo: '摘要' },
    };
    const choose = (amount: string) => {
      const text = `凭证号,支付日期,金额,摘要\nP1,2024-05-08,12.34,办公用品\nP2,2024-05-08,${amount},办公用品\n`;
      const file = { name: '支付.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
      return page.getByLabel('File', { exact: true }).setInputFiles(file);
    };
    await page.getByText('Mapping of a table of payments').click();
    await page.getByRole('textbox', { name: 'Mapping' }).fill(JSON.stringify(mapping));
    await choose('12元x');
    await button(page, 'Dry run').click();
    await page.getByText('nothing was recorded').waitFor();
    const cells = page.getByRole('region', { name: /^Cells/ }).locator('tbody tr');
    // What is wrong comes first.
    expect(await cells.first().innerText()).toMatch(/!C3\s+12元x/);
    expect(await cells.first().locator('.is-refused').count()).toBe(1);
    expect(await cells.count()).toBe(12);
    expect(await button(page, 'Import it').count()).toBe(0);

    await choose('7.66');
    expect(await cells.count()).toBe(0);
    await button(page, 'Dry run').click();
    await page.getByText('Nothing is wrong').waitFor();
    expect(await expenditures()).not.toContain('12.34');
    await button(page, 'Import it').dblclick();
    await page.getByText('All of it is on record').waitFor();
    const imported = (await expenditures()).filter((amount) => ['12.34', '7.66'].includes(amount));
    expect(imported).toEqual(['12.34', '7.66']);
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
    await conflict.getByText('Line OPERATING 公用经费 · Executed').waitFor();
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
      .getByText('Line OPERATING 公用经费 · Remaining')
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
