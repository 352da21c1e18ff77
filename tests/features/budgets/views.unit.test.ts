import { BudgetRecord, budgetFold } from '../../../src/features/budgets/record';
import { entryCursor, viewBudget, viewEntries, viewEntry, viewLine } from '../../../src/features/budgets/views';
import { CorruptLedger } from '../../../src/kernel/outage';
import { calendar, day, logged, DatedFact } from '../../support/specification';
import {
  approved,
  closed,
  corrected,
  line,
  lineAdded,
  recordOf,
  reduced,
  reversed,
  spent,
  supplemented,
  transferred,
} from './history';

const at = (on: string | undefined) => (on === undefined ? undefined : day(on));
const amounts = ({ opening, adjustment, executed }: { opening: string; adjustment: string; executed: string }) =>
  `${opening} ${adjustment} ${executed}`;

/** Opening, adjustment and executed of the budget. */
const totals = (record: BudgetRecord, on?: string): string => amounts(viewBudget(record, at(on)));
const lineTotals = (record: BudgetRecord, code: string, on?: string): string =>
  amounts(viewLine(record, code, at(on))!);
/** Each entry in short: the event that recorded it, its kind, lines, amount, day and state. */
const entries = (record: BudgetRecord, on?: string): string[] =>
  viewEntries(record, at(on)).map((fact) => {
    const { state } = viewEntry(record, fact, at(on));
    const lines = fact.toLine === undefined ? fact.line : `${fact.line}>${fact.toLine}`;
    const amount = `${String(fact.amount / 100n)}.${String(fact.amount % 100n).padStart(2, '0')}`;
    return `${fact.changeId.replace('event-', '#')} ${fact.kind} ${lines} ${amount} ${calendar.dateOf(fact.effectiveAt)} ${state}`;
  });

describe('the amounts on record', () => {
  test.each<[string, readonly DatedFact[], string, string]>([
    ['opening', [], '150.00 0.00 0.00', '100.00 0.00 0.00'],
    ['a supplement', [supplemented('L1', '9.00')], '150.00 9.00 0.00', '100.00 9.00 0.00'],
    ['a reduction', [reduced('L1', '9.00')], '150.00 -9.00 0.00', '100.00 -9.00 0.00'],
    ['a transfer to the line', [transferred('L2', 'L1', '9.00')], '150.00 0.00 0.00', '100.00 9.00 0.00'],
    ['a transfer from the line', [transferred('L1', 'L2', '9.00')], '150.00 0.00 0.00', '100.00 -9.00 0.00'],
    ['an expenditure', [spent('L1', '9.00')], '150.00 0.00 9.00', '100.00 0.00 9.00'],
    ['an expenditure of another line', [spent('L2', '9.00')], '150.00 0.00 9.00', '100.00 0.00 0.00'],
    [
      'a reversal',
      [spent('L1', '9.00'), spent('L1', '5.00'), reversed('event-1', 'L1', '9.00')],
      '150.00 0.00 5.00',
      '100.00 0.00 5.00',
    ],
    ['a line added', [lineAdded('L3', '9.00')], '150.00 9.00 0.00', '100.00 0.00 0.00'],
    ['a closing', [closed()], '150.00 0.00 0.00', '100.00 0.00 0.00'],
  ])('after %s', (_what, facts, budget, ofLine) => {
    const record = recordOf(approved({ L1: '100.00', L2: '50.00' }), ...facts);
    expect(totals(record)).toBe(budget);
    expect(lineTotals(record, 'L1')).toBe(ofLine);
  });

  test('may be larger than any single amount', () => {
    const largest = '9999999999999999.99';
    const record = recordOf(approved({ L1: largest, L2: largest }), supplemented('L1', largest));
    expect(totals(record)).toBe('19999999999999999.98 9999999999999999.99 0.00');
  });
});

describe('a correction', () => {
  const history = [
    approved({ L1: '100.00', L2: '50.00' }, '2023-02-10'),
    supplemented('L1', '10.00', '2023-03-01'),
    reduced('L1', '20.00', '2023-04-01'),
    transferred('L1', 'L2', '30.00', '2023-05-01'),
    spent('L1', '40.00', '2023-06-01'),
  ];

  test.each<[string, string, { line?: string; amount: string }, string, string]>([
    ['an opening', 'event-0', { line: 'L2', amount: '51.00' }, '151.00 -10.00 40.00', '51.00 30.00 0.00'],
    ['a supplement', 'event-1', { amount: '11.00' }, '150.00 -9.00 40.00', '50.00 30.00 0.00'],
    ['a reduction', 'event-2', { amount: '19.00' }, '150.00 -9.00 40.00', '50.00 30.00 0.00'],
    ['a transfer, both legs at once', 'event-3', { amount: '31.00' }, '150.00 -10.00 40.00', '50.00 31.00 0.00'],
    ['an expenditure', 'event-4', { amount: '41.00' }, '150.00 -10.00 41.00', '50.00 30.00 0.00'],
    ['an expenditure that never was', 'event-4', { amount: '0.00' }, '150.00 -10.00 0.00', '50.00 30.00 0.00'],
  ])('restates the amount of %s', (_what, change, parts, budget, l2) => {
    const record = recordOf(...history, corrected(change, parts));
    expect(totals(record)).toBe(budget);
    expect(lineTotals(record, 'L2')).toBe(l2);
    // The date that is left out stays, so what is in force before it stays, too.
    expect(totals(record, '2023-12-31')).toBe(budget);
    expect(totals(record, '2023-02-09')).toBe('0.00 0.00 0.00');
  });

  test('restates the effective date: the fact counts from the new date, and not from the old one', () => {
    const record = recordOf(...history, corrected('event-4', { to: '2023-01-05' }));
    expect(totals(record, '2023-01-04')).toBe('0.00 0.00 0.00');
    expect(totals(record, '2023-01-05')).toBe('0.00 0.00 40.00');
    expect(totals(record)).toBe('150.00 -10.00 40.00');

    const later = recordOf(...history, corrected('event-4', { to: '2023-08-01' }));
    expect(totals(later, '2023-07-31')).toBe('150.00 -10.00 0.00');
    expect(totals(later, '2023-08-01')).toBe('150.00 -10.00 40.00');
  });

  test('of each part, the last one recorded holds; a part that is left out stays as it is', () => {
    const record = recordOf(
      ...history,
      corrected('event-4', { amount: '41.00' }),
      corrected('event-4', { to: '2023-07-07' }),
      corrected('event-4', { amount: '42.00' }),
      corrected('event-4', { amount: '43.00', to: '2023-08-08' }),
      corrected('event-4', { to: '2023-06-06' }),
    );
    const fact = viewEntries(record).find(({ changeId }) => changeId === 'event-4');
    expect(fact).toMatchObject({
      amount: 4_300n,
      amountFirstRecorded: 4_000n,
      effectiveAt: day('2023-06-06'),
      effectiveAtFirstRecorded: day('2023-06-01'),
      corrections: [105n, 106n, 107n, 108n, 109n],
    });
  });

  test('with 0 withdraws the fact, and a later one brings it back', () => {
    const withdrawn = [...history, corrected('event-1', { amount: '0.00' })];
    expect(totals(recordOf(...withdrawn))).toBe('150.00 -20.00 40.00');
    const back = recordOf(...withdrawn, corrected('event-1', { amount: '12.00' }));
    expect(totals(back)).toBe('150.00 -8.00 40.00');
  });

  test('has no effect at its own effective date: it reads as if the fact had been recorded so from the start', () => {
    const record = recordOf(...history, { ...corrected('event-4', { amount: '1.00' }), on: '2030-01-01' });
    expect(totals(record, '2023-06-01')).toBe('150.00 -10.00 1.00');
  });
});

describe('with an effective moment', () => {
  const record = recordOf(
    approved({ L1: '100.00', L2: '50.00' }, '2023-02-10'),
    supplemented('L1', '10.00', '2023-07-01'),
    spent('L1', '60.00', '2023-06-15'),
    lineAdded('L3', '5.00', '2023-09-01'),
    transferred('L1', 'L2', '20.00', '2023-08-01'),
    reversed('event-2', 'L1', '60.00', '2023-03-01'),
    closed('2023-12-31'),
  );

  test.each([
    ['2023-02-09T15:59:59.999Z', '0.00 0.00 0.00', '0.00 0.00 0.00', '0.00 0.00 0.00'],
    ['2023-02-09T16:00:00.000Z', '150.00 0.00 0.00', '100.00 0.00 0.00', '50.00 0.00 0.00'],
    ['2023-03-01', '150.00 0.00 -60.00', '100.00 0.00 -60.00', '50.00 0.00 0.00'],
    ['2023-06-15', '150.00 0.00 0.00', '100.00 0.00 0.00', '50.00 0.00 0.00'],
    ['2023-07-01', '150.00 10.00 0.00', '100.00 10.00 0.00', '50.00 0.00 0.00'],
    ['2023-08-01', '150.00 10.00 0.00', '100.00 -10.00 0.00', '50.00 20.00 0.00'],
    ['2023-09-01', '150.00 15.00 0.00', '100.00 -10.00 0.00', '50.00 20.00 0.00'],
    ['9999-12-31', '150.00 15.00 0.00', '100.00 -10.00 0.00', '50.00 20.00 0.00'],
  ])('a fact counts if its effective date is not later: %s', (on, budget, l1, l2) => {
    expect(totals(record, on)).toBe(budget);
    expect(lineTotals(record, 'L1', on)).toBe(l1);
    expect(lineTotals(record, 'L2', on)).toBe(l2);
  });

  test('every line is true from the beginning, even one that is added later, and its amounts are 0 before its facts', () => {
    for (const code of ['L1', 'L3']) {
      expect(viewLine(record, code, day('2023-01-01'))).toEqual({
        definition: line(code),
        opening: '0.00',
        adjustment: '0.00',
        executed: '0.00',
      });
    }
    expect(lineTotals(record, 'L3')).toBe('0.00 5.00 0.00');
  });

  test('an unknown line is found at no moment', () => {
    expect(viewLine(record, 'L9')).toBeUndefined();
    expect(viewLine(record, 'L9', day('2023-12-31'))).toBeUndefined();
  });

  test('the budget exists before its approval takes effect, and is closed from its closing on', () => {
    expect(viewBudget(record, day('2023-01-01'))).toEqual({
      department: 'D1',
      fiscalYear: 2023,
      goals: [],
      closed: false,
      opening: '0.00',
      adjustment: '0.00',
      executed: '0.00',
    });
    expect(viewBudget(record, day('2023-02-10')).goals).toEqual(['数据共享']);
    expect(viewBudget(record, day('2023-12-30T15:59:59.999Z')).closed).toBe(false);
    expect(viewBudget(record, day('2023-12-31')).closed).toBe(true);
    expect(viewBudget(record)).toMatchObject({ goals: ['数据共享'], closed: true });
  });

  test('without one, the closing counts even if its effective date is in the future', () => {
    expect(viewBudget(recordOf(approved(), closed('2099-01-01'))).closed).toBe(true);
  });
});

describe('the entries', () => {
  test('are the facts one by one, and one for each line of an approval, by effective date, then position', () => {
    const record = recordOf(
      approved({ L2: '50.00', L1: '100.00' }, '2023-02-10'),
      supplemented('L1', '10.00', '2023-07-01'),
      spent('L1', '40.00', '2023-02-10'),
      transferred('L1', 'L2', '5.00', '2023-07-01'),
      reduced('L2', '1.00', '2023-01-01'),
      closed('2023-01-01'),
    );
    expect(entries(record)).toEqual([
      '#4 REDUCTION L2 1.00 2023-01-01 IN_FORCE',
      '#0 OPENING L2 50.00 2023-02-10 IN_FORCE',
      '#0 OPENING L1 100.00 2023-02-10 IN_FORCE',
      '#2 EXPENDITURE L1 40.00 2023-02-10 IN_FORCE',
      '#1 SUPPLEMENT L1 10.00 2023-07-01 IN_FORCE',
      '#3 TRANSFER L1>L2 5.00 2023-07-01 IN_FORCE',
    ]);
    expect(entries(record, '2023-02-10')).toEqual(entries(record).slice(0, 4));
    expect(entries(record, '2022-12-31')).toEqual([]);
  });

  test("keep the original's position for ties when they are corrected", () => {
    const record = recordOf(
      approved({ L1: '100.00' }, '2023-02-10'),
      spent('L1', '1.00', '2023-06-01'),
      spent('L1', '2.00', '2023-05-01'),
      corrected('event-1', { to: '2023-05-01' }),
      corrected('event-0', { line: 'L1', to: '2023-05-01' }),
    );
    expect(entries(record)).toEqual([
      '#0 OPENING L1 100.00 2023-05-01 CORRECTED',
      '#1 EXPENDITURE L1 1.00 2023-05-01 CORRECTED',
      '#2 EXPENDITURE L1 2.00 2023-05-01 IN_FORCE',
    ]);
  });

  test('have a state: corrected, withdrawn, brought back, reversed', () => {
    const record = recordOf(
      approved({ L1: '100.00', L2: '0.00' }),
      spent('L1', '1.00'),
      spent('L1', '2.00'),
      spent('L1', '3.00'),
      spent('L1', '4.00'),
      corrected('event-1', { amount: '1.50' }),
      corrected('event-2', { amount: '0.00' }),
      corrected('event-3', { amount: '0.00' }),
      corrected('event-3', { amount: '3.00' }),
      corrected('event-4', { amount: '4.50' }),
      reversed('event-4', 'L1', '4.50', '2023-10-01'),
      corrected('event-0', { line: 'L2', to: '2023-02-11' }),
      corrected('event-10', { to: '2023-10-02' }),
      corrected('event-2', { to: '2023-06-02' }),
    );
    expect(entries(record).sort()).toEqual([
      '#0 OPENING L1 100.00 2023-02-10 IN_FORCE',
      '#0 OPENING L2 0.00 2023-02-11 CORRECTED',
      '#1 EXPENDITURE L1 1.50 2023-06-01 CORRECTED',
      '#10 REVERSAL L1 4.50 2023-10-02 CORRECTED',
      '#2 EXPENDITURE L1 0.00 2023-06-02 WITHDRAWN',
      '#3 EXPENDITURE L1 3.00 2023-06-01 CORRECTED',
      '#4 EXPENDITURE L1 4.50 2023-06-01 REVERSED',
    ]);
  });

  describe('of a reversed expenditure', () => {
    const record = recordOf(
      approved(),
      spent('L1', '4.00', '2023-06-01'),
      spent('L1', '5.00', '2023-06-01'),
      corrected('event-2', { amount: '5.50' }),
      reversed('event-1', 'L1', '4.00', '2023-10-01'),
      reversed('event-2', 'L1', '5.50', '2023-11-01'),
    );
    const entry = (change: string, on?: string) => {
      const fact = viewEntries(record).find(({ changeId }) => changeId === change)!;
      const { state, reversals } = viewEntry(record, fact, at(on));
      return { state, reversals };
    };

    test('are not reversed before the reversal is in force', () => {
      expect(entry('event-1', '2023-09-30T15:59:59.999Z')).toEqual({ state: 'IN_FORCE', reversals: [] });
      expect(entry('event-1', '2023-10-01')).toEqual({ state: 'REVERSED', reversals: [104n] });
      expect(entry('event-1')).toEqual({ state: 'REVERSED', reversals: [104n] });
    });

    test('have the state CORRECTED before that, if they were corrected', () => {
      expect(entry('event-2', '2023-10-31')).toEqual({ state: 'CORRECTED', reversals: [] });
      expect(entry('event-2', '2023-11-01')).toEqual({ state: 'REVERSED', reversals: [105n] });
    });

    test("follow the reversal's corrected date", () => {
      const moved = recordOf(
        approved(),
        spent('L1', '4.00'),
        reversed('event-1', 'L1', '4.00', '2023-10-01'),
        corrected('event-2', { to: '2024-02-01' }),
      );
      const [fact] = viewEntries(moved).filter(({ kind }) => kind === 'EXPENDITURE');
      expect(viewEntry(moved, fact!, day('2024-01-31')).state).toBe('IN_FORCE');
      expect(viewEntry(moved, fact!, day('2024-02-01')).state).toBe('REVERSED');
    });
  });

  test('have what the fact says, such as its payee', () => {
    const record = budgetFold.evolve(recordOf(approved()), {
      ...logged([approved(), spent('L1', '9.00')])[1]!,
      data: { line: 'L1', amount: '9.00', payee: '甲公司', memo: '首付' },
      metadata: {
        schemaVersion: 1,
        effectiveAt: '2023-06-01T00:00:00.000Z',
        actor: { sub: 'u-1' },
        documentNo: '2023-1',
      },
    });
    expect(viewEntries(record).at(-1)).toMatchObject({ payee: '甲公司', memo: '首付', documentNo: '2023-1' });
  });

  test('each have their own cursor', () => {
    const record = recordOf(approved(), spent('L1', '1.00'), spent('L1', '1.00'), transferred('L1', 'L2', '1.00'));
    const cursors = viewEntries(record).map(entryCursor);
    expect(new Set(cursors).size).toBe(5);
  });
});

describe('a history that contradicts itself', () => {
  test.each<[string, readonly DatedFact[]]>([
    ['does not begin with an approval', [spent('L1', '1.00')]],
    ['touches a line that is not there', [approved(), spent('L9', '1.00')]],
    ['transfers to a line that is not there', [approved(), transferred('L1', 'L9', '1.00')]],
    ['reverses what is not there', [approved(), reversed('event-9', 'L1', '1.00')]],
    ['corrects what is not there', [approved(), corrected('event-9', { amount: '1.00' })]],
    ['corrects an opening that is not there', [approved(), corrected('event-0', { line: 'L9', amount: '1.00' })]],
    ['corrects an approval without saying which line', [approved(), corrected('event-0', { amount: '1.00' })]],
  ])('is a corrupt ledger: it %s', (_what, facts) => {
    expect(() => recordOf(...facts)).toThrow(CorruptLedger);
  });
});
