import { Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS } from '../../support/chromium';
import { settled } from './looked-at';

/** What the tests of the questions need: a page of the demo ledger, in English, at a place. */
export type OpenPage = (place: string) => Promise<Page>;

const DEPARTMENT = '441300-DSJ';
const YEAR = `/app/department/${DEPARTMENT}/2023`;
const BUDGET = `budget(department: "${DEPARTMENT}", fiscalYear: 2023)`;

/**
 * Ten questions of auditors about the demo ledger. Each is answered by clicking, and what the page shows is what the API answers.
 */
export function auditQuestions(open: OpenPage): void {
  const question = (text: string, answer: () => Promise<void>): void => {
    test(text, answer, BROWSER_TIMEOUT_MS);
  };

  question('1. What was the revised budget on 30 June, as known then and as known now?', async () => {
    const page = await open(`${YEAR}?known=2023-06-30&effective=2023-06-30`);
    const { then, now } = await api(
      page,
      `{ then: asOf(at: { knownAt: "2023-06-30", effectiveAt: "2023-06-30" }) { ${BUDGET} { revised(unit: WAN_YUAN) } }
         now: asOf(at: { effectiveAt: "2023-06-30" }) { ${BUDGET} { revised(unit: WAN_YUAN) } } }`,
    );
    expect(now.budget.revised).not.toBe(then.budget.revised);
    expect(await tile(page, 'Revised budget')).toBe(then.budget.revised);
    await page.getByLabel('Known up to').fill('');
    await settled(page);
    await expectTile(page, 'Revised budget', now.budget.revised);
    await clickTile(page, 'Revised budget');
    expect(await value(page, 'As known on that day')).toBe(`${then.budget.revised} 万元`);
    expect(await value(page, 'As known now')).toBe(`${now.budget.revised} 万元`);
    // The change that made the difference, with its document.
    await panel(page).getByText('示例预〔2023〕12号').first().waitFor();
  });

  question('2. Why is the execution rate of 31 July another one today?', async () => {
    const page = await open(
      `/app/difference/${DEPARTMENT}/2023?fromKnown=2023-07-31&fromEffective=2023-07-31&effective=2023-07-31`,
    );
    const { then, now } = await api(
      page,
      `{ then: asOf(at: { knownAt: "2023-07-31", effectiveAt: "2023-07-31" }) { ${BUDGET} { executionRate } }
         now: asOf(at: { effectiveAt: "2023-07-31" }) { ${BUDGET} { executionRate } } }`,
    );
    const row = page
      .locator('.difference')
      .first()
      .locator('tr', { has: page.getByRole('rowheader', { name: 'Execution rate', exact: true }) });
    expect(await row.locator('td').allInnerTexts()).toEqual([
      `${then.budget.executionRate}%`,
      `${now.budget.executionRate}%`,
    ]);
    const changes = page.locator('.difference').first().locator('.field-changes li');
    expect(await changes.count()).toBeGreaterThan(0);
    await changes.first().getByRole('button').click();
    await panel(page).getByText('Recorded').first().waitFor();
  });

  question('3. What was spent in December, until the last moment of the year?', async () => {
    const page = await open(YEAR);
    const { budget } = await api(
      page,
      `{ ${BUDGET} { series(from: "2023-11-01", to: "2023-12-31", step: MONTH) { executed(unit: WAN_YUAN) } } }`,
    );
    const [november, december] = budget.series.map(({ executed }: any) => fen(executed));
    const figure = page.getByRole('button', { name: /^Dec · In the month/ });
    expect(fen(plain(await figure.innerText()))).toBe(december - november);
    await figure.click();
    // The facts of the month add up to it, and one of them is of 31 December.
    const sum = await panel(page).locator('.sum strong').innerText();
    expect(fen(plain(sum))).toBe(december - november);
    expect(await panel(page).locator('.fact-list').innerText()).toContain('31 December 2023');
  });

  question('4. What did the transfer between two lines do, and what did its correction?', async () => {
    const page = await open(YEAR);
    const { budget } = await api(
      page,
      `{ ${BUDGET} { lines { code adjustment(unit: WAN_YUAN) } entries(kinds: [TRANSFER]) { nodes {
          amount(unit: WAN_YUAN) amountFirstRecorded(unit: WAN_YUAN) line toLine corrections { reason } } } } }`,
    );
    const [transfer] = budget.entries.nodes;
    const adjusted = budget.lines.find(({ code }: any) => code === transfer.toLine).adjustment;
    const figure = page.locator('tr', { hasText: transfer.toLine }).getByRole('button', { name: /· Adjustment: / });
    expect(plain(await figure.innerText())).toBe(adjusted);
    await figure.click();
    const fact = panel(page).locator('.fact-list > li', { hasText: `${transfer.line} → ${transfer.toLine}` });
    expect(plain(await fact.locator('summary strong').first().innerText())).toBe(transfer.amount);
    await fact.locator('summary').first().click();
    expect(await fact.locator('.first-said').innerText()).toContain(transfer.amountFirstRecorded);
    expect(await fact.locator('.later').innerText()).toContain(transfer.corrections[0].reason);
  });

  question('5. What were the scores, who changed them, when and why?', async () => {
    const page = await open(YEAR);
    const { evaluation } = await api(
      page,
      `{ evaluation(department: "${DEPARTMENT}", fiscalYear: 2023) { selfScore
          history { nodes { position reason fields { path } } } } }`,
    );
    expect(await tile(page, 'Self score')).toBe(evaluation.selfScore);
    await clickTile(page, 'Self score');
    const steps = panel(page).locator('.fact-list > li');
    await steps.first().waitFor();
    const scored = evaluation.history.nodes.filter(({ fields }: any) =>
      fields.some(({ path }: any) => path === '/selfScore'),
    );
    expect(await steps.count()).toBe(scored.length);
    expect(await steps.first().innerText()).toContain(scored.at(-1).reason);
  });

  question('6. From which fund source are the 365.29?', async () => {
    const page = await open(YEAR);
    const { budget } = await api(
      page,
      `{ ${BUDGET} { lines(fundSource: UNATTRIBUTED) { code revised(unit: WAN_YUAN) } } }`,
    );
    const [line] = budget.lines;
    const row = page.locator('tr', { hasText: line.code }).filter({ hasText: 'Not attributed' });
    const figure = row.getByRole('button', { name: /· Revised budget: / });
    expect(plain(await figure.innerText())).toBe(line.revised);
    await figure.click();
    await panel(page).getByText('不作推测').first().waitFor();
  });

  question('7. What was the connection rate of 30 September?', async () => {
    const page = await open('/app/clocks/INDICATOR/K08?field=/latest/value');
    await page.locator('.area').first().waitFor();
    const { then, now } = await api(
      page,
      `{ then: asOf(at: { knownAt: "2023-10-10", effectiveAt: "2023-09-30" }) { indicator(code: "K08") { latest { value } } }
         now: asOf(at: { effectiveAt: "2023-09-30" }) { indicator(code: "K08") { latest { value } } } }`,
    );
    const area = (text: string) => page.locator('.area', { hasText: text });
    const first = area(`${then.indicator.latest.value}. Known 8 October 2023`);
    expect(await first.count()).toBe(1);
    await area(`${now.indicator.latest.value}. Known 2 November 2023`).click();
    await panel(page).getByText('话务平台漏计夜间接通，重算').first().waitFor();
  });

  question('8. What has the next year, and what was carried over?', async () => {
    const page = await open(YEAR);
    const { next } = await api(
      page,
      `{ next: budget(department: "${DEPARTMENT}", fiscalYear: 2024) { opening(unit: WAN_YUAN) revised(unit: WAN_YUAN) } }`,
    );
    expect(await tile(page, 'Remaining')).toBe('0.00');
    await page.getByRole('combobox', { name: 'Fiscal year' }).selectOption('2024');
    await expectTile(page, 'Opening budget', next.opening);
    expect(await tile(page, 'Revised budget')).toBe(next.revised);
  });

  question('9. Do the adjustments of the year, one by one, come to the revised budget?', async () => {
    const page = await open(YEAR);
    const { budget } = await api(
      page,
      `{ ${BUDGET} { opening(unit: WAN_YUAN) adjustment(unit: WAN_YUAN) revised(unit: WAN_YUAN) bridge { amount(unit: WAN_YUAN) } } }`,
    );
    expect(plain(await page.locator('.sum').first().innerText())).toContain(
      `${budget.opening} + ${budget.adjustment} = ${budget.revised}`,
    );
    const amounts = page.locator('.table', { hasText: 'Each step' }).locator('tbody tr td:nth-child(5)');
    expect((await amounts.allInnerTexts()).map(plain)).toEqual(budget.bridge.map(({ amount }: any) => amount));
  });

  question('10. What was the department called, and on which document does its name rest?', async () => {
    const page = await open(`${YEAR}?effective=2024-02-29`);
    const { before, after } = await api(
      page,
      `{ before: asOf(at: { effectiveAt: "2024-02-29" }) { department(code: "${DEPARTMENT}") { name } }
         after: asOf(at: { effectiveAt: "2024-03-01" }) { department(code: "${DEPARTMENT}") { name } } }`,
    );
    expect(await page.locator('main h1').innerText()).toBe(before.department.name);
    await page.getByLabel('In effect up to').fill('2024-03-01');
    const name = page.locator('main h1').getByRole('button', { name: after.department.name });
    await name.click();
    await panel(page).getByText('示例编〔2024〕3号').first().waitFor();
    // The change is a leaf of the signed tree, which the browser checks.
    await panel(page).locator('.proof summary').first().click();
    await panel(page).getByText('Checked in this browser').waitFor();
  });
}

/** Asks the API as the person who is signed in. */
const api = (page: Page, query: string): Promise<any> =>
  page.evaluate(`fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + sessionStorage.getItem('mingjian.token') },
    body: JSON.stringify({ query: ${JSON.stringify(query)} }),
  }).then((response) => response.json()).then(({ data, errors }) => errors ? Promise.reject(new Error(JSON.stringify(errors))) : data)`);

/** A figure as the API writes it. */
const plain = (text: string): string => text.replaceAll(',', '').replaceAll('−', '-').trim();
const fen = (wan: string): bigint => BigInt(wan.replace('.', ''));

const tileOf = (page: Page, label: string) =>
  page.locator('.tiles').getByRole('button', { name: new RegExp(`^${label}: `) });
const tile = async (page: Page, label: string): Promise<string> => plain(await tileOf(page, label).innerText());
const clickTile = (page: Page, label: string): Promise<void> => tileOf(page, label).click();
/** Waits until the figure has the value. */
const expectTile = (page: Page, label: string, expected: string): Promise<void> =>
  page
    .locator('.tiles')
    .getByRole('button', { name: `${label}: ${grouped(expected)}`, exact: true })
    .waitFor();
const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+\.)/g, ',');

const panel = (page: Page) => page.locator('.blame');
const value = async (page: Page, name: string): Promise<string> => {
  const found = panel(page).locator('.facts > div', { hasText: name }).locator('dd.value', { hasText: /\d/ });
  await found.waitFor();
  return plain(await found.innerText());
};
