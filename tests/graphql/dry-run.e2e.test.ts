import { startApi, TestApi } from '../support/api';
import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';

/** A mutation with dryRun answers what it would leave, and leaves nothing. */

const YEAR = { department: 'D1', fiscalYear: 2023 };
const NOW = '2023-06-30T04:00:00.000Z';
const CHANGE = 'id eventId position sequence recordedAt dryRun revision';

describe.each([
  ['in memory', undefined],
  ['in Redis', emptyReadModelsIn(sharedRedis())],
])('a dry run, with read models %s', (_where, readModels) => {
  let api: TestApi;
  let head: string;
  let paid: { readonly id: string; readonly eventId: string };

  const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;
  const dry = async (mutation: string, input: object, fields: string): Promise<any> => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${mutation}(input: $input, dryRun: true) { dryRun projected position ${fields} } }`;
    return (await api.data(query, { input }))[mutation];
  };
  const spend = (amount: string, fields: string, more: object = {}) =>
    dry('recordExpenditure', { ...YEAR, line: 'A', amount, effectiveAt: '2023-06-01', ...more }, fields);

  beforeAll(async () => {
    api = await startApi({ now: '2023-01-10T00:00:00.000Z', readModels });
    await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
    const line = (code: string) => ({ code, name: `明细 ${code}`, fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100' });
    await api.write('approveBudget', { ...YEAR, lines: [line('A'), line('B')] });
    [paid] = (
      await api.write('recordExpenditure', { ...YEAR, line: 'A', amount: '30', effectiveAt: '2023-03-01' })
    ).changes;
    api.clock.set(NOW);
    await api.write('registerDepartment', { code: 'D2', name: '另一部门' });
    head = await currentHead();
  });
  afterAll(() => api.close());
  afterEach(async () => {
    expect(await currentHead()).toBe(head);
    expect(await api.data('{ budget(department: "D1", fiscalYear: 2023) { revision executed } }')).toEqual({
      budget: { revision: 2, executed: '30.00' },
    });
  });

  it('shows the entity with the change that would be, in all that counts changes', async () => {
    const payload = await spend(
      '25',
      `changes { ${CHANGE} subject { id ... on Budget { executed } } fields { path before after } }
       budget {
         id revision executed lines { code executed remaining }
         lastChange { id dryRun } history { nodes { position dryRun revision } position }
         blame { path change { id dryRun } } entries(kinds: [EXPENDITURE]) { nodes { amount change { id } } }
         department { id name }
       }`,
    );
    const [{ id, eventId }] = payload.changes;
    const budgetId = payload.budget.id;
    const by = (fields: readonly any[], path: string) => fields.find((field) => field.path === path);
    expect(payload).toMatchObject({
      dryRun: true,
      projected: true,
      position: head,
      changes: [
        {
          position: head,
          sequence: '5',
          recordedAt: NOW,
          dryRun: true,
          revision: 3,
          subject: { id: budgetId, executed: '55.00' },
        },
      ],
      budget: {
        revision: 3,
        executed: '55.00',
        lines: [
          { code: 'A', executed: '55.00', remaining: '45.00' },
          { code: 'B', executed: '0.00', remaining: '100.00' },
        ],
        lastChange: { id, dryRun: true },
        history: {
          nodes: [
            { dryRun: false, revision: 1 },
            { dryRun: false, revision: 2 },
            { dryRun: true, revision: 3, position: head },
          ],
          position: head,
        },
        entries: {
          nodes: [{ amount: '30.00' }, { amount: '25.00', change: { id } }],
        },
        department: { name: '市政数局' },
      },
    });
    expect(by(payload.changes[0].fields, '/executed')).toEqual({
      path: '/executed',
      before: '30.00',
      after: '55.00',
    });
    expect(by(payload.budget.blame, '/executed')).toEqual({ path: '/executed', change: { id, dryRun: true } });
    expect(by(payload.budget.blame, '/closed').change.dryRun).toBe(false);
    expect(eventId).not.toBe(paid.eventId);
  });

  it('answers series on both clocks as they would be', async () => {
    const series = (clock: string) => `series(from: "2023-02-01", to: "2023-06-30", step: MONTH, clock: ${clock})`;
    const fields = `{ executed }`;
    const { budget } = await spend(
      '25',
      `budget { effective: ${series('EFFECTIVE')} ${fields} known: ${series('KNOWN')} ${fields} }`,
      { effectiveAt: '2023-04-01' },
    );
    const executed = (points: readonly { readonly executed: string }[]) => points.map((point) => point.executed);
    expect(executed(budget.effective)).toEqual(['0.00', '30.00', '55.00', '55.00', '55.00']);
    expect(executed(budget.known)).toEqual(['30.00', '30.00', '30.00', '30.00', '55.00']);
  });

  it('shows what would begin to exist, and lists of it', async () => {
    const department = { code: 'D9', name: '新部门' };
    expect(await dry('registerDepartment', department, 'department { code name revision }')).toMatchObject({
      position: head,
      department: { ...department, revision: 1 },
    });
    const task = { code: 'T1', ...YEAR, title: '平台' };
    const listed = 'task { code department { tasks { nodes { code title } } } }';
    expect((await dry('planTask', task, listed)).task.department.tasks.nodes).toEqual([{ code: 'T1', title: '平台' }]);
    expect(await api.data('{ department(code: "D9") { code } task(code: "T1") { code } }')).toEqual({
      department: null,
      task: null,
    });
  });

  it('has ids that are good for nothing else', async () => {
    const { budget, changes } = await spend(
      '25',
      `changes { id eventId } budget { id department { id } history { nodes { id } } }`,
    );
    const [{ id, eventId }] = changes;
    const ids = [id, budget.id, budget.department.id, ...budget.history.nodes.map((node: { id: string }) => node.id)];
    for (const one of ids)
      expect(await api.data('query($id: ID!) { node(id: $id) { id } }', { id: one })).toEqual({ node: null });
    const none = ids.map(() => null);
    expect(
      await api.data('query($ids: [ID!]!) { nodes(ids: $ids) { id } asOf(at: {}) { nodes(ids: $ids) { id } } }', {
        ids,
      }),
    ).toEqual({ nodes: none, asOf: { nodes: none } });
    for (const change of [id, eventId, budget.history.nodes[1].id])
      expect((await api.refusal('reverseExpenditure', { ...YEAR, change })).extensions.code).toBe('NOT_FOUND');
    const again = await spend('25', 'changes { id eventId } budget { id }');
    expect(
      [again.changes[0].id, again.changes[0].eventId, again.budget.id].filter((one) => [...ids, eventId].includes(one)),
    ).toEqual([]);
  });

  it('of an observation has an id that no argument takes', async () => {
    const indicator = {
      code: 'I1',
      ...YEAR,
      name: '接通率',
      level1: 'OUTPUT',
      level2: 'QUANTITY',
      direction: 'AT_LEAST',
    };
    const other = await startApi({ now: NOW, readModels });
    try {
      await other.write('registerDepartment', { code: 'D1', name: '市政数局' });
      await other.write('defineIndicator', indicator);
      const { observations } = (
        await other.data(
          `mutation { recordObservation(input: { code: "I1", observedOn: "2023-06-01", value: "3" }, dryRun: true) {
            indicator { observations { id value change { dryRun } } }
          } }`,
        )
      ).recordObservation.indicator;
      expect(observations).toMatchObject([{ value: '3', change: { dryRun: true } }]);
      const correction = { code: 'I1', observation: observations[0].id, value: '4' };
      expect((await other.refusal('correctObservation', correction)).extensions.code).toBe('NOT_FOUND');
    } finally {
      await other.close();
    }
  });

  it('is judged without the other dry runs of its request', async () => {
    const input = '{ department: "D1", fiscalYear: 2023, line: "A", amount: "60", effectiveAt: "2023-06-01" }';
    const one = `recordExpenditure(input: ${input}, dryRun: true) { budget { executed revision } changes { sequence } }`;
    const answer = { budget: { executed: '90.00', revision: 3 }, changes: [{ sequence: '5' }] };
    expect(await api.data(`mutation { a: ${one} b: ${one} }`)).toEqual({ a: answer, b: answer });
  });

  it('is refused as the mutation would be', async () => {
    const input = `{ department: "D1", fiscalYear: 2023, line: "A", amount: "70.01", effectiveAt: "2023-06-01" }`;
    const [dryRun, recorded] = await Promise.all(
      ['true', 'false'].map((value) =>
        api.ask(`mutation { recordExpenditure(input: ${input}, dryRun: ${value}) { position } }`),
      ),
    );
    expect(dryRun!.errors).toEqual(recorded!.errors);
    expect(dryRun!.errors).toMatchObject([{ path: ['recordExpenditure'], extensions: { rule: 'BUDGET_EXCEEDED' } }]);
  });

  it('is no dry run if dryRun is null or left out', async () => {
    const refused = await api.ask(
      `mutation($dryRun: Boolean) {
      registerDepartment(input: { code: "D2", name: "x" }, dryRun: $dryRun) { dryRun }
    }`,
      { dryRun: null },
    );
    expect(refused.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });
});

describe('the idempotency key of a dry run', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ now: NOW });
  });
  afterAll(() => api.close());

  const register = async (name: string, dryRun: boolean, key = 'k') => {
    const fields = 'dryRun position changes { eventId dryRun } department { id name }';
    const { data, errors } = await api.ask(
      `mutation($input: RegisterDepartmentInput!, $dryRun: Boolean) { registerDepartment(input: $input, dryRun: $dryRun) { ${fields} } }`,
      { input: { code: 'D1', name, idempotencyKey: key }, dryRun },
    );
    return errors?.[0]?.extensions.code ?? data.registerDepartment;
  };

  it('is not used up, and a used key is answered as without dryRun', async () => {
    const foreseen = await register('甲', true);
    expect(await register('乙', true)).toMatchObject({ dryRun: true, department: { name: '乙' } });
    const first = await register('甲', false);
    expect(first).toMatchObject({ dryRun: false, changes: [{ dryRun: false }], department: { name: '甲' } });
    expect(first.changes[0].eventId).not.toBe(foreseen.changes[0].eventId);

    const { id: _present, ...department } = first.department;
    expect(await register('甲', true)).toMatchObject({ ...first, department });
    expect(await register('乙', true)).toBe('CONFLICT');
    expect(await register('甲', true, 'another')).toBe('CONFLICT');
  });
});
