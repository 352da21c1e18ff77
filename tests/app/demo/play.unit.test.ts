import { DemoClock } from '../../../src/app/demo/demo-clock';
import { DemoStep } from '../../../src/app/demo/steps';
import { readInstant } from '../../../src/kernel/time';
import { registering, renaming, ServedDemo, serveDemo } from './support';

let demo: ServedDemo | undefined;
afterEach(async () => {
  await demo?.close();
  demo = undefined;
});

const step = (as: DemoStep['as'], name: string, at: string, mutation: string, input: object): DemoStep => ({
  name,
  at: readInstant(at),
  as,
  mutation,
  input: { department: 'D1', fiscalYear: 2023, ...input },
});

const approving = step('finance', 'approve', '2023-02-10T02:00:00.000Z', 'approveBudget', {
  lines: [{ code: 'L1', name: '一般', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100.00' }],
});
const paying = step('editor', 'pay', '2023-03-01T02:00:00.000Z', 'recordExpenditure', { line: 'L1', amount: '40.00' });

describe('playing a demo', () => {
  it('records each step at its time, by the person it names, under its own key', async () => {
    demo = await serveDemo({ steps: [registering, approving, renaming] });

    const { changes } = await demo.ask('{ changes { nodes { type recordedAt actor { sub name } correlationId } } }');
    expect(changes.nodes).toEqual([
      {
        type: 'DepartmentRegistered',
        recordedAt: '2023-01-03T01:00:00.000Z',
        actor: { sub: 'demo-admin', name: '陈管理' },
        correlationId: 'demo-register',
      },
      {
        type: 'BudgetApproved',
        recordedAt: '2023-02-10T02:00:00.000Z',
        actor: { sub: 'demo-finance', name: '李财务' },
        correlationId: 'demo-approve',
      },
      {
        type: 'DepartmentRenamed',
        recordedAt: '2024-03-01T01:00:00.000Z',
        actor: { sub: 'demo-admin', name: '陈管理' },
        correlationId: 'demo-rename',
      },
    ]);
  });

  it('inserts the id of an earlier change if its step is named', async () => {
    const reversing = step('editor', 'reverse', '2023-03-02T02:00:00.000Z', 'reverseExpenditure', {
      change: { $change: 'pay' },
    });
    demo = await serveDemo({ steps: [registering, approving, paying, reversing] });

    const { budget } = await demo.ask('{ budget(department: "D1", fiscalYear: 2023) { executed } }');
    expect(budget.executed).toBe('0.00');
  });

  it('leaves a proposal if the command needs a second person, on which a later step decides', async () => {
    const reducing = step('finance', 'reduce', '2023-03-01T02:00:00.000Z', 'reduceBudget', {
      line: 'L1',
      amount: '30',
    });
    const confirming: DemoStep = {
      ...step('reviewer', 'confirm', '2023-03-02T02:00:00.000Z', 'confirmProposal', {}),
      input: { code: { $proposal: 'reduce' } },
    };
    demo = await serveDemo({ steps: [registering, approving, reducing, confirming] });

    const { budget, proposals } = await demo.ask(
      '{ budget(department: "D1", fiscalYear: 2023) { revised } proposals { nodes { status decidedBy { name } } } }',
    );
    expect(budget.revised).toBe('70.00');
    expect(proposals.nodes).toEqual([{ status: 'CONFIRMED', decidedBy: { name: '周复核' } }]);
  });

  it.each([
    [
      'a rule',
      { ...paying, input: { ...paying.input, amount: '100.01' } },
      /pay .recordExpenditure at 2023-03-01.*more/,
    ],
    ['the input', { ...paying, input: { ...paying.input, amount: '-1' } }, /pay .*not negative/],
    ['the schema', { ...paying, input: { ...paying.input, amont: '1' } }, /pay .*amont/],
    ['the role of the person', { ...paying, as: 'finance' as const }, /pay .*recordExpenditure needs the role editor/],
    ['the list of mutations', { ...paying, mutation: 'payBudget' }, /pay .*no such mutation/],
    [
      'what is on record',
      { ...paying, input: { line: { $change: 'later' } } },
      /pay .*no earlier step is called later/,
    ],
    [
      'what an earlier step left',
      { ...paying, input: { line: { $proposal: 'approve' } } },
      /pay .*the step approve left no proposal/,
    ],
  ])('stops at the step that %s refuses, and names it', async (_who, step, message) => {
    await expect(serveDemo({ steps: [registering, approving, step] })).rejects.toThrow(message);
  });
});

describe('the clock of a demo', () => {
  it('does not move by itself', () => {
    const clock = new DemoClock();
    clock.advanceTo(1000);
    clock.advanceTo(1000);
    expect(clock.now()).toBe(1000);
  });

  it('does not go back', () => {
    const clock = new DemoClock();
    clock.advanceTo(1000);
    expect(() => {
      clock.advanceTo(999);
    }).toThrow(RangeError);
    expect(clock.now()).toBe(1000);
  });
});
