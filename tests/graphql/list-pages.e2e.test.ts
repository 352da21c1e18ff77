import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';

/** Long lists have a page beside them. */

const onEnd = cleanUps();

const YEAR = { department: 'D', fiscalYear: 2023, effectiveAt: '2023-01-01' };
const INDICATOR_OF_YEAR = {
  department: 'D',
  fiscalYear: 2023,
  name: '接通率',
  level1: 'OUTPUT',
  level2: 'QUALITY',
  direction: 'AT_LEAST',
  target: '90',
};

async function setUp(maxListLength = 2_000): Promise<TestApi> {
  const api = await startApi({ now: '2023-12-30T04:00:00.000Z', limits: { maxListLength } });
  onEnd(() => api.close());
  await api.write('registerDepartment', { code: 'D', name: '市政数局' });
  const lines = Array.from({ length: 7 }, (_, index) => ({
    code: `L${index}`,
    name: `明细 ${index}`,
    fundSource: index % 2 === 0 ? 'GENERAL_PUBLIC_BUDGET' : 'GOVERNMENT_FUND',
    amount: '100.00',
  }));
  await api.write('approveBudget', { ...YEAR, goals: ['一', '二', '三', '四', '五'], lines });
  for (let step = 1; step <= 5; step++) {
    const effectiveAt = `2023-0${6 - step}-01`;
    await api.write('supplementBudget', { ...YEAR, line: 'L1', amount: `${step}.00`, effectiveAt });
  }
  await api.write('defineIndicator', { ...INDICATOR_OF_YEAR, code: 'I' });
  for (let day = 1; day <= 5; day++)
    await api.write('recordObservation', { code: 'I', observedOn: `2023-02-0${6 - day}`, value: String(90 + day) });
  await correct(api);
  await spendAndReverse(api);
  await planTask(api);
  return api;
}

/** An expenditure that is taken back in five parts. */
async function spendAndReverse(api: TestApi): Promise<void> {
  const { changes } = await api.write('recordExpenditure', { ...YEAR, line: 'L1', amount: '50.00' });
  for (let step = 1; step <= 5; step++)
    await api.write('reverseExpenditure', { ...YEAR, change: changes[0].id, amount: `${step}.00` });
}

/** A task with five parts, which five indicators measure. */
async function planTask(api: TestApi): Promise<void> {
  const plan = { department: 'D', fiscalYear: 2023, title: '任务' };
  await api.write('planTask', { ...plan, code: 'T' });
  for (let part = 1; part <= 5; part++) {
    await api.write('planTask', { ...plan, code: `T${6 - part}`, parent: 'T' });
    await api.write('defineIndicator', { ...INDICATOR_OF_YEAR, code: `I${6 - part}`, task: 'T' });
  }
}

/** Corrects the newest change of each kind of entity that takes corrections, five times. */
async function correct(api: TestApi): Promise<void> {
  const { budget, indicator } = await api.data(`{
    budget(department: "D", fiscalYear: 2023) { history(last: 1) { nodes { eventId } } }
    indicator(code: "I") { history(last: 1) { nodes { eventId } } }
  }`);
  for (let step = 1; step <= 5; step++) {
    const { eventId: change } = budget.history.nodes[0];
    await api.write('correctBudgetFact', { department: 'D', fiscalYear: 2023, change, amount: `${step * 10}.00` });
    const { eventId: observation } = indicator.history.nodes[0];
    await api.write('correctObservation', { code: 'I', observation, value: String(80 + step) });
  }
}

const BUDGET = (field: string) => `budget(department: "D", fiscalYear: 2023) { list: ${field} }`;
const INDICATOR = (field: string) => `indicator(code: "I") { list: ${field} }`;
const TASK = (field: string) => `task(code: "T") { list: ${field} }`;
const CORRECTED_ENTRY = (field: string) =>
  `budget(department: "D", fiscalYear: 2023) { entries(kinds: SUPPLEMENT, first: 1) { nodes { list: ${field} } } }`;
const REVERSED_ENTRY = (field: string) =>
  `budget(department: "D", fiscalYear: 2023) { entries(kinds: EXPENDITURE, first: 1) { nodes { list: ${field} } } }`;
const CORRECTED_OBSERVATION = (field: string) =>
  `indicator(code: "I") { observationsPage(first: 1) { nodes { list: ${field} } } }`;
const CORRECTED_CHANGE = (field: string) =>
  `indicator(code: "I") { observationsPage(first: 1) { nodes { change { list: ${field} } } } }`;
const APPROVAL = (field: string) => `changes(after: "1", first: 1) { nodes { list: ${field} } }`;
const DIFF = (field: string) =>
  `diff(from: { position: "1" }, to: {}, filter: { entityTypes: [BUDGET] }) { nodes { list: ${field} } }`;

const LISTS: readonly (readonly [string, (field: string) => string, string, string, string])[] = [
  ['lines', BUDGET, 'lines', '', '{ code name revised }'],
  ['lines of one source', BUDGET, 'lines', 'fundSource: GOVERNMENT_FUND', '{ code }'],
  ['bridge', BUDGET, 'bridge', '', '{ amount revisedAfter change { eventId } }'],
  ['goals', BUDGET, 'goals', '', ''],
  ['blame of a budget', BUDGET, 'blame', '', '{ path value change { eventId } }'],
  ['observations', INDICATOR, 'observations', '', '{ id observedOn value }'],
  ['blame of an indicator', INDICATOR, 'blame', '', '{ path value }'],
  ['subtasks', TASK, 'subtasks', '', '{ id code }'],
  ['indicators of a task', TASK, 'indicators', '', '{ id code }'],
  ['corrections of an entry', CORRECTED_ENTRY, 'corrections', '', '{ id eventId }'],
  ['reversals of an entry', REVERSED_ENTRY, 'reversals', '', '{ id eventId }'],
  ['corrections of an observation', CORRECTED_OBSERVATION, 'corrections', '', '{ id eventId }'],
  ['corrections of a change', CORRECTED_CHANGE, 'corrections', '', '{ id eventId }'],
  ['fields of a change', APPROVAL, 'fields', '', '{ path before after }'],
  ['fields of a difference', DIFF, 'fields', '', '{ path before after }'],
  ['changes of a difference', DIFF, 'changes', '', '{ id type }'],
];

/** The list in an answer, below whatever asked for it. The first one counts. */
function listIn(value: any): any {
  if (value === null || typeof value !== 'object') return undefined;
  if ('list' in value) return value.list;
  for (const inner of Object.values(value)) {
    const found = listIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const call = (name: string, ...given: readonly string[]): string => {
  const list = given.filter((text) => text !== '');
  return list.length === 0 ? name : `${name}(${list.join(', ')})`;
};

test('the pages of a list add up to it, from either end', async () => {
  const api = await setUp();
  for (const [what, within, name, given, selected] of LISTS) {
    const ask = async (field: string) => listIn(await api.data(`{ ${within(field)} }`));
    const whole = await ask(`${call(name, given)} ${selected}`);
    expect([what, whole.length]).toEqual([what, expect.any(Number)]);
    expect(whole.length).toBeGreaterThan(2);
    for (const [size, cursor] of [
      ['first', 'after'],
      ['last', 'before'],
    ] as const) {
      const pages: unknown[][] = [];
      for (let at: string | undefined = ''; at !== undefined;) {
        const field = call(`${name}Page`, given, `${size}: 2`, at === '' ? '' : `${cursor}: ${JSON.stringify(at)}`);
        const page: any = await ask(
          `${field} { nodes ${selected} pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
        );
        pages.push(page.nodes);
        const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
        if (size === 'first') at = hasNextPage ? endCursor : undefined;
        else at = hasPreviousPage ? startCursor : undefined;
      }
      if (size === 'last') pages.reverse();
      expect({ what, size, items: pages.flat() }).toEqual({ what, size, items: whole });
    }
  }
});

test('a longer list is refused, and the error names the page', async () => {
  const api = await setUp(4);
  for (const [what, within, name, given, selected] of LISTS) {
    const { errors } = await api.ask(`{ ${within(`${call(name, given)} ${selected}`)} }`);
    if (what === 'lines of one source') expect(errors).toBeUndefined();
    else
      expect([what, errors?.[0]]).toMatchObject([
        what,
        {
          message: expect.stringContaining(`ask for ${name}Page`),
          extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxListLength', allowed: 4 },
        },
      ]);
  }
});

test('the position of an empty page of changes skips none of them', async () => {
  const api = await setUp();
  const positionOf = async (args: string): Promise<string> =>
    listIn(await api.data(`{ ${CORRECTED_CHANGE(`correctionsPage(${args}) { position }`)} }`)).position;
  const corrections = listIn(await api.data(`{ ${CORRECTED_CHANGE('corrections { position }')} }`));
  const positions: readonly string[] = corrections.map((change: { position: string }) => change.position);
  const [first, second] = positions;
  const { ledger } = await api.data('{ ledger { head } }');
  expect(await positionOf('first: 0')).toBe('0');
  expect(await positionOf(`first: 0, after: "${first}"`)).toBe(first);
  expect(await positionOf(`first: 1, after: "${first}"`)).toBe(second);
  expect(await positionOf(`first: 0, after: "${positions.at(-1)}"`)).toBe(ledger.head);
});
