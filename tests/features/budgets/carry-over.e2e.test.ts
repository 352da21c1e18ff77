import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStore } from '../../../src/event-store/event-store';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { Outage } from '../../../src/kernel/outage';
import { startApi, TestApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { temporaryFolder } from '../../support/temporary-folder';
import { verifyOf } from '../../support/verify';

/** What a closed year has left opens a later one: two changes, of which the second is never lost. */

const LEFT = { department: 'D1', fiscalYear: 2023 };
const ENTERED = { department: 'D1', fiscalYear: 2024 };
const NOW = '2024-01-10T04:00:00.000Z';
const carry = (lines: readonly object[], more: object = {}) => ({
  ...LEFT,
  toFiscalYear: 2024,
  lines,
  idempotencyKey: 'carry',
  ...more,
});
const AMOUNTS = 'opening adjustment revised executed remaining carriedOut';
const PAYLOAD = `position projected dryRun
  changes { eventId type position dryRun causationId subject { ... on Budget { fiscalYear } } }
  budget { fiscalYear ${AMOUNTS} carryOverPending { eventId } }
  from { fiscalYear ${AMOUNTS} carryOverPending { eventId } }`;

const onEnd = cleanUps();

async function prepare(api: TestApi): Promise<void> {
  const line = (code: string, more: object = {}) => ({
    code,
    name: `明细 ${code}`,
    fundSource: 'GENERAL_PUBLIC_BUDGET',
    amount: '100',
    ...more,
  });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await api.write('approveBudget', { ...LEFT, lines: [line('A'), line('B')], effectiveAt: '2023-01-01' });
  await api.write('recordExpenditure', { ...LEFT, line: 'A', amount: '30', effectiveAt: '2023-06-01' });
  await api.write('approveBudget', {
    ...ENTERED,
    lines: [
      line('A'),
      line('J', { vintage: 'CARRIED_OVER', amount: '0' }),
      line('G', { vintage: 'CARRIED_OVER', fundSource: 'GOVERNMENT_FUND', amount: '0' }),
    ],
    effectiveAt: '2024-01-01',
  });
}

async function start(options: Parameters<typeof startApi>[0] = {}): Promise<TestApi> {
  const api = await startApi({ now: NOW, ...options });
  onEnd(() => api.close());
  return api;
}

async function startClosed(): Promise<TestApi> {
  const api = await start();
  await prepare(api);
  await api.write('closeBudget', LEFT);
  return api;
}

const entriesOf = async (api: TestApi, fiscalYear: number, kind: string): Promise<any[]> =>
  (
    await api.data(
      `{ budget(department: "D1", fiscalYear: ${fiscalYear}) { entries(kinds: [${kind}]) { nodes {
        line amount state effectiveAt change { eventId } counterpart { eventId type } corrections { eventId }
      } } } }`,
    )
  ).budget.entries.nodes;

test('a carry-over is one change in each budget, which show each other', async () => {
  const api = await startClosed();
  const input = carry([
    { line: 'A', amount: '70', toLine: 'J' },
    { line: 'B', amount: '40' },
  ]);
  const dry = (
    await api.data(
      `mutation($input: CarryOverBudgetInput!) { carryOverBudget(input: $input, dryRun: true) { ${PAYLOAD} from { entries(kinds: [CARRY_OUT]) { nodes { counterpart { type } } } } } }`,
      { input },
    )
  ).carryOverBudget;
  const done = await api.write('carryOverBudget', input, PAYLOAD);
  const [out, into] = done.changes;

  expect([out, into]).toMatchObject([
    { type: 'BudgetCarriedOut', subject: { fiscalYear: 2023 } },
    { type: 'BudgetCarriedIn', subject: { fiscalYear: 2024 }, position: done.position, causationId: out.eventId },
  ]);
  const from = {
    fiscalYear: 2023,
    opening: '200.00',
    adjustment: '0.00',
    revised: '200.00',
    executed: '30.00',
    remaining: '170.00',
    carriedOut: '110.00',
    carryOverPending: [],
  };
  const budget = {
    fiscalYear: 2024,
    opening: '100.00',
    adjustment: '110.00',
    revised: '210.00',
    executed: '0.00',
    remaining: '210.00',
    carriedOut: '0.00',
    carryOverPending: [],
  };
  expect(done).toMatchObject({ projected: true, dryRun: false, from, budget });
  expect(dry).toMatchObject({ projected: true, dryRun: true, from, budget });
  expect(dry.changes).toMatchObject([
    { type: 'BudgetCarriedOut', dryRun: true },
    { type: 'BudgetCarriedIn', dryRun: true, causationId: dry.changes[0].eventId },
  ]);
  expect(dry.from.entries.nodes).toEqual(Array(2).fill({ counterpart: { type: 'BudgetCarriedIn' } }));

  expect(await entriesOf(api, 2023, 'CARRY_OUT')).toMatchObject([
    { line: 'A', amount: '70.00', counterpart: { eventId: into.eventId } },
    { line: 'B', amount: '40.00', counterpart: { eventId: into.eventId } },
  ]);
  expect(await entriesOf(api, 2024, 'CARRY_IN')).toMatchObject([
    { line: 'J', amount: '70.00', effectiveAt: '2023-12-31T16:00:00.000Z', counterpart: { eventId: out.eventId } },
    { line: 'B', amount: '40.00', counterpart: { eventId: out.eventId } },
  ]);
  const shown = await api.data(`{ budget(department: "D1", fiscalYear: 2024) {
    lines { code vintage fundSource revised }
    bridge { amount revisedAfter change { eventId } legs { line amount } }
  } }`);
  expect(shown.budget).toEqual({
    lines: [
      { code: 'A', vintage: 'CURRENT_YEAR', fundSource: 'GENERAL_PUBLIC_BUDGET', revised: '100.00' },
      { code: 'B', vintage: 'CARRIED_OVER', fundSource: 'GENERAL_PUBLIC_BUDGET', revised: '40.00' },
      { code: 'G', vintage: 'CARRIED_OVER', fundSource: 'GOVERNMENT_FUND', revised: '0.00' },
      { code: 'J', vintage: 'CARRIED_OVER', fundSource: 'GENERAL_PUBLIC_BUDGET', revised: '70.00' },
    ],
    bridge: [
      {
        amount: '70.00',
        revisedAfter: '170.00',
        change: { eventId: into.eventId },
        legs: [{ line: 'J', amount: '70.00' }],
      },
      {
        amount: '40.00',
        revisedAfter: '210.00',
        change: { eventId: into.eventId },
        legs: [{ line: 'B', amount: '40.00' }],
      },
    ],
  });

  const { head } = (await api.data('{ ledger { head } }')).ledger;
  expect(await api.write('carryOverBudget', input, PAYLOAD)).toEqual(done);
  expect(await api.refusal('carryOverBudget', { ...input, lines: [{ line: 'B', amount: '1' }] })).toMatchObject({
    extensions: { code: 'CONFLICT' },
  });
  expect((await api.data('{ ledger { head } }')).ledger.head).toBe(head);
});

test('a correction of a carry-out restates the carry-in', async () => {
  const api = await startClosed();
  const { changes } = await api.write('carryOverBudget', carry([{ line: 'A', amount: '70', toLine: 'J' }]), PAYLOAD);
  const [out, into] = changes;
  await api.write('recordExpenditure', { ...ENTERED, line: 'J', amount: '20', effectiveAt: '2024-02-01' });
  const correct = (amount: string, more: object = {}) => ({ ...LEFT, change: out.eventId, amount, ...more });

  expect((await api.refusal('correctBudgetFact', correct('70.01'))).extensions).toMatchObject({
    rule: 'CARRY_OVER_EXCEEDED',
    remaining: '0.00',
    asked: '0.01',
  });
  expect((await api.refusal('correctBudgetFact', correct('19.99'))).extensions).toMatchObject({
    rule: 'BUDGET_EXCEEDED',
    remaining: '50.00',
    asked: '50.01',
  });
  expect(
    (await api.refusal('correctBudgetFact', { ...correct('1'), ...ENTERED, change: into.eventId })).extensions,
  ).toMatchObject({ rule: 'NOT_CORRECTABLE' });
  const corrected = await api.write(
    'correctBudgetFact',
    correct('50', { correctEffectiveAt: '2024-01-05' }),
    'position changes { eventId type position causationId } budget { fiscalYear carriedOut }',
  );
  const [first, second] = corrected.changes;
  expect(corrected).toMatchObject({
    position: second.position,
    changes: [{ type: 'BudgetFactCorrected' }, { type: 'BudgetFactCorrected', causationId: first.eventId }],
    budget: { fiscalYear: 2023, carriedOut: '50.00' },
  });
  const effectiveAt = '2024-01-04T16:00:00.000Z';
  expect(await entriesOf(api, 2023, 'CARRY_OUT')).toMatchObject([
    { amount: '50.00', effectiveAt, state: 'CORRECTED', corrections: [{ eventId: first.eventId }] },
  ]);
  expect(await entriesOf(api, 2024, 'CARRY_IN')).toMatchObject([
    { amount: '50.00', effectiveAt, state: 'CORRECTED', corrections: [{ eventId: second.eventId }] },
  ]);
  // The year left has 50 less than it carried out: a finding, and no error.
  await api.write('recordExpenditure', { ...ENTERED, line: 'J', amount: '30', effectiveAt: '2024-02-01' });
  expect((await api.refusal('correctBudgetFact', correct('49.99'))).extensions).toMatchObject({
    rule: 'BUDGET_EXCEEDED',
  });
});

describe('a carry-over is refused', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ now: NOW });
    await prepare(api);
  });
  afterAll(() => api.close());

  const refused = async (lines: readonly object[], more: object = {}) =>
    (await api.refusal('carryOverBudget', carry(lines, more))).extensions;

  test('if its input is wrong', async () => {
    const paths = async (lines: readonly object[], more: object = {}) =>
      (await refused(lines, more)).violations.map(({ path }: { path: string }) => path);
    expect(await paths([{ line: 'A', amount: '1' }], { toFiscalYear: 2023 })).toEqual(['/input/toFiscalYear']);
    expect(await paths([])).toEqual(['/input/lines']);
    expect(await paths([{ line: 'A', amount: '0' }])).toEqual(['/input/lines/0/amount']);
    expect(
      await paths([
        { line: 'A', amount: '1', toLine: 'J' },
        { line: 'A', amount: '1', toLine: 'J' },
      ]),
    ).toEqual(['/input/lines/1/line', '/input/lines/1/toLine']);
  });

  test('in the order of existence, closings, kinds, amounts', async () => {
    expect(await refused([{ line: 'A', amount: '1' }], { toFiscalYear: 2025 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused([{ line: 'Z', amount: '1' }])).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused([{ line: 'A', amount: '100' }])).toMatchObject({ rule: 'BUDGET_NOT_CLOSED' });
    await api.write('closeBudget', LEFT);
    expect(await refused([{ line: 'A', amount: '100' }])).toMatchObject({ rule: 'KIND_MISMATCH' });
    expect(await refused([{ line: 'A', amount: '100', toLine: 'G' }])).toMatchObject({ rule: 'KIND_MISMATCH' });
    expect(await refused([{ line: 'A', amount: '100', toLine: 'J' }])).toMatchObject({
      rule: 'CARRY_OVER_EXCEEDED',
      remaining: '70.00',
      asked: '100.00',
    });
    await api.write('closeBudget', ENTERED);
    expect(await refused([{ line: 'A', amount: '1' }])).toMatchObject({ rule: 'BUDGET_CLOSED' });
  });
});

describe.each<[string, () => Promise<() => EventStore>]>([
  [
    'SQLite',
    () => {
      const folder = temporaryFolder();
      onEnd(() => {
        folder.remove();
      });
      return Promise.resolve(() => openSqliteEventStore({ path: `${folder.path}/ledger.db`, prefix: 'mingjian-' }));
    },
  ],
  [
    'EventStoreDB',
    async () => {
      const { url } = await startStandIn(onEnd);
      return () => openLog(url);
    },
  ],
])('a process that ends between the two appends, on %s', (_engine, engine) => {
  let open: () => EventStore;
  const input = carry([{ line: 'A', amount: '70', toLine: 'J' }]);
  const pendingIn = async (api: TestApi): Promise<any[]> =>
    (await api.data('{ budget(department: "D1", fiscalYear: 2023) { carriedOut carryOverPending { eventId } } }'))
      .budget.carryOverPending;
  const expectFinished = async (api: TestApi) => {
    expect(await pendingIn(api)).toEqual([]);
    expect(await entriesOf(api, 2024, 'CARRY_IN')).toMatchObject([{ line: 'J', amount: '70.00' }]);
  };

  /** A server on the log that takes no append after the carry-out. */
  async function startInterrupted(): Promise<{ api: TestApi; goOn: () => void }> {
    open = await engine();
    const store = open();
    let isInterrupted = false;
    let isHalted = false;
    const eventStore = (): EventStore =>
      Object.assign(Object.create(store) as EventStore, {
        append: async (...[stream, events, expected]: Parameters<EventStore['append']>) => {
          if (isHalted) throw new Outage('The event store is gone');
          isHalted = !isInterrupted && events.some(({ type }) => type === 'BudgetCarriedOut');
          isInterrupted ||= isHalted;
          return store.append(stream, events, expected);
        },
      });
    const api = await start({ eventStore });
    await prepare(api);
    await api.write('closeBudget', LEFT);
    expect((await api.refusal('carryOverBudget', input)).extensions).toMatchObject({ code: 'UNAVAILABLE' });
    return {
      api,
      goOn: () => {
        isHalted = false;
      },
    };
  }

  test('leaves a carry-over that is seen as pending, and that the same key finishes', async () => {
    const { api, goOn } = await startInterrupted();
    expect(await pendingIn(api)).toHaveLength(1);
    expect(await entriesOf(api, 2023, 'CARRY_OUT')).toMatchObject([{ amount: '70.00', counterpart: null }]);
    goOn();
    const answers = await Promise.all([1, 2, 3].map(() => api.write('carryOverBudget', input, PAYLOAD)));
    expect(answers[0]).toMatchObject({
      changes: [{ type: 'BudgetCarriedOut' }, { type: 'BudgetCarriedIn' }],
      budget: { revised: '170.00' },
    });
    expect(answers).toEqual(Array(3).fill(answers[0]));
    await expectFinished(api);
  });

  test('is finished by a command on the year left, and by one on the year entered', async () => {
    const { api, goOn } = await startInterrupted();
    const [{ eventId: change }] = await entriesOf(api, 2023, 'EXPENDITURE').then((found) =>
      found.map((one) => one.change),
    );
    goOn();
    await api.write('reverseExpenditure', { ...LEFT, change });
    await expectFinished(api);
  });

  test('is finished by a command on the year entered, which is judged with it', async () => {
    const { api, goOn } = await startInterrupted();
    goOn();
    await api.write('recordExpenditure', { ...ENTERED, line: 'J', amount: '70', effectiveAt: '2024-01-02' });
    await expectFinished(api);
  });

  test('is finished by the next start of a server', async () => {
    const { api } = await startInterrupted();
    await api.close();
    const next = await start({ eventStore: open });
    await eventually('the carry-in is on record', async () => (await pendingIn(next)).length === 0);
    await expectFinished(next);
  });
});

test('a carry-over whose process is killed between the two appends is finished by the next start', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const path = join(folder.path, 'ledger.db');
  const open = () => openSqliteEventStore({ path, prefix: 'mingjian-' });
  const before = await start({ eventStore: open });
  await prepare(before);
  await before.write('closeBudget', LEFT);
  await before.close();

  const input = carry([{ line: 'A', amount: '70', toLine: 'J' }]);
  const support = join(__dirname, '../../support');
  const script = [join(support, 'carry-over-and-be-killed.ts'), path, JSON.stringify(input)];
  const child = spawn(process.execPath, ['--require', join(support, 'run-typescript.cjs'), ...script]);
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  const pending = /^Pending: change \S+ of budget\/D1\.2023 is not followed in budget\/D1\.2024 yet/m;
  expect(await verifyOf(folder.path)).toMatch(pending);

  const after = await start({ eventStore: open });
  await eventually('the carry-in is on record', async () => (await entriesOf(after, 2024, 'CARRY_IN')).length > 0);
  expect(await after.write('carryOverBudget', input, PAYLOAD)).toMatchObject({
    changes: [{ type: 'BudgetCarriedOut' }, { type: 'BudgetCarriedIn' }],
    from: { carriedOut: '70.00', carryOverPending: [] },
    budget: { revised: '170.00' },
  });
  expect(await entriesOf(after, 2024, 'CARRY_IN')).toMatchObject([{ line: 'J', amount: '70.00' }]);
  await after.close();
  expect(await verifyOf(folder.path)).not.toMatch(/Pending/);
});
