import fc from 'fast-check';
import { CorruptLedger } from '../../../src/kernel/outage';
import { isOverdue, viewTask } from '../../../src/features/tasks/views';
import { runs } from '../../support/property';
import { after, cancelled, completed, day, planned, reached, recordOf, reopened, reported, TaskFact } from './history';

/** The state after the facts, recorded in this order: on record, or as of 00:00 of a day. */
const stateOf = (facts: readonly TaskFact[], on?: string) => {
  const { status, progress, completedOn, milestones } = viewTask(
    recordOf(...facts),
    on === undefined ? undefined : day(on),
  );
  return { status, progress, completedOn, reachedOn: milestones.map(({ reachedOn }) => reachedOn) };
};

const NEW = { status: 'PLANNED', progress: '0', completedOn: undefined, reachedOn: [undefined, undefined] };

describe('the plan', () => {
  test('is true from the beginning, in the order it was written', () => {
    const plan = { goal: '一网通办', parent: 'T0', weight: '0.30', startOn: '2023-02-01', dueOn: '2023-11-30' };
    const expected = {
      ...plan,
      code: 'T1',
      department: 'D1',
      fiscalYear: 2023,
      title: '数字政府建设',
      status: 'PLANNED',
      progress: '0',
      milestones: [
        { code: 'M1', title: '立项', dueOn: '2023-03-31' },
        { code: 'M2', title: '验收' },
      ],
    };
    expect(viewTask(recordOf(planned(plan)))).toEqual(expected);
    expect(viewTask(recordOf(planned(plan)), day('1999-01-01'))).toEqual(expected);
  });

  test('a history without one is corrupt', () => {
    expect(() => recordOf(reported('10', '2023-03-01'))).toThrow(CorruptLedger);
  });
});

describe('progress', () => {
  const late = [planned(), reported('60', '2023-05-01'), reported('30.50', '2023-03-01')];

  test('is the report with the latest effective date, whenever it was recorded', () => {
    expect(stateOf(late)).toEqual({ ...NEW, status: 'IN_PROGRESS', progress: '60' });
  });

  test('is, as of a day, that of the last report in force on it', () => {
    expect(stateOf(late, '2023-02-28').progress).toBe('0');
    expect(stateOf(late, '2023-03-01').progress).toBe('30.50');
    expect(stateOf(late, '2023-04-30').progress).toBe('30.50');
    expect(stateOf(late, '2023-05-01').progress).toBe('60');
  });

  test('is that of the report recorded last if several have one effective date', () => {
    const twice = [planned(), reported('60', '2023-05-01'), reported('50', '2023-05-01')];
    expect(stateOf(twice).progress).toBe('50');
    expect(stateOf(twice, '2023-05-01').progress).toBe('50');
  });

  test('is 100 from the effective time of a completion on', () => {
    const done = [planned(), reported('40', '2023-03-01'), completed('2023-05-01')];
    expect(stateOf(done).progress).toBe('100');
    expect(stateOf(done, '2023-04-30').progress).toBe('40');
    expect(stateOf([...done, reopened('2023-06-01')]).progress).toBe('100');
    expect(stateOf([planned(), reported('40', '2023-06-01'), completed('2023-05-01')])).toMatchObject({
      status: 'COMPLETED',
      progress: '40',
    });
  });
});

describe('status', () => {
  test.each([
    ['nothing but the plan', [planned()], 'PLANNED'],
    ['a report of nothing', [planned(), reported('0.00', '2023-03-01')], 'PLANNED'],
    ['some progress', [planned(), reported('0.01', '2023-03-01')], 'IN_PROGRESS'],
    ['a report of 100', [planned(), reported('100', '2023-03-01')], 'IN_PROGRESS'],
    ['progress taken back', [planned(), reported('10', '2023-03-01'), reported('0', '2023-04-01')], 'PLANNED'],
    ['a milestone reached', [planned(), reached('M2', '2023-03-01')], 'IN_PROGRESS'],
    ['a completion', [planned(), completed('2023-03-01')], 'COMPLETED'],
    ['a cancellation', [planned(), reported('10', '2023-03-01'), cancelled('2023-04-01')], 'CANCELLED'],
    ['a cancelled task reopened', [planned(), cancelled('2023-03-01'), reopened('2023-04-01')], 'PLANNED'],
    ['a completed task reopened', [planned(), completed('2023-03-01'), reopened('2023-04-01')], 'IN_PROGRESS'],
    [
      'a task reopened and cancelled on one day',
      [planned(), completed('2023-03-01'), reopened('2023-03-01'), cancelled('2023-03-01')],
      'CANCELLED',
    ],
  ])('after %s', (_name, facts, status) => {
    expect(stateOf(facts).status).toBe(status);
  });

  const eventful = [
    planned(),
    reported('20', '2023-02-01'),
    completed('2023-03-01', '2023-02-27'),
    reopened('2023-04-01'),
    cancelled('2023-05-01'),
  ];
  test.each([
    ['2023-01-31', 'PLANNED', undefined],
    ['2023-02-28', 'IN_PROGRESS', undefined],
    ['2023-03-01', 'COMPLETED', '2023-02-27'],
    ['2023-03-31', 'COMPLETED', '2023-02-27'],
    ['2023-04-01', 'IN_PROGRESS', undefined],
    ['2023-05-01', 'CANCELLED', undefined],
    [undefined, 'CANCELLED', undefined],
  ])('as of %s it is %s', (on, status, completedOn) => {
    expect(stateOf(eventful, on)).toMatchObject({ status, completedOn });
  });

  test('has the date of the completion in force if there are two', () => {
    const twice = [planned(), completed('2023-03-01'), reopened('2023-04-01'), completed('2023-05-01', '2023-04-29')];
    expect(stateOf(twice).completedOn).toBe('2023-04-29');
    expect(stateOf(twice, '2023-03-15').completedOn).toBe('2023-03-01');
  });

  test('on record counts a fact whose day has not come; as of a day it does not', () => {
    const ahead = [planned(), completed('2099-01-01')];
    expect(stateOf(ahead)).toMatchObject({ status: 'COMPLETED', completedOn: '2099-01-01' });
    expect(stateOf(ahead, '2098-12-31')).toEqual(NEW);
  });
});

describe('milestones', () => {
  const facts = [planned(), reached('M2', '2023-05-02', '2023-04-28'), reached('M1', '2023-03-01')];

  test('are reached on the day as recorded, in force from their effective time', () => {
    expect(stateOf(facts).reachedOn).toEqual(['2023-03-01', '2023-04-28']);
    expect(stateOf(facts, '2023-05-01')).toMatchObject({
      status: 'IN_PROGRESS',
      reachedOn: ['2023-03-01', undefined],
    });
    expect(stateOf(facts, '2023-02-28')).toEqual(NEW);
  });

  test('stay reached through cancellation and reopening', () => {
    const later = [...facts, cancelled('2023-06-01'), reopened('2023-07-01')];
    expect(stateOf(later)).toMatchObject({ status: 'IN_PROGRESS', reachedOn: ['2023-03-01', '2023-04-28'] });
  });
});

describe('overdue', () => {
  const on = (dueOn: string | undefined, ...facts: TaskFact[]) =>
    isOverdue(viewTask(recordOf(planned({ dueOn }), ...facts)), '2023-06-30');

  test('is a task that is due before the day and neither completed nor cancelled', () => {
    expect(on('2023-06-29')).toBe(true);
    expect(on('2023-06-29', reported('100', '2023-06-01'))).toBe(true);
    expect(on('2023-06-29', completed('2023-06-01'), reopened('2023-06-02'))).toBe(true);
  });

  test('is no other task', () => {
    expect(on('2023-06-30')).toBe(false);
    expect(on(undefined)).toBe(false);
    expect(on('2023-06-29', completed('2023-06-30'))).toBe(false);
    expect(on('2023-06-29', cancelled('2023-06-30'))).toBe(false);
  });
});

describe('the two clocks', () => {
  test('a late fact is unknown before it is recorded, and then true from its effective time', () => {
    const before = [planned(), reported('30', '2023-07-10')];
    const later = [...before, reported('20', '2023-06-20')];
    expect(stateOf(before, '2023-06-30').progress).toBe('0');
    expect(stateOf(later, '2023-06-30').progress).toBe('20');
    expect(stateOf(later).progress).toBe('30');
  });

  const dates = fc.integer({ min: 1, max: 28 }).map((of) => `2023-06-${String(of).padStart(2, '0')}`);
  const facts = fc.array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 100 }), dates).map(([progress, on]) => reported(String(progress), on)),
      dates.map((on) => completed(on)),
      dates.map((on) => cancelled(on)),
      dates.map((on) => reopened(on)),
      fc.tuple(fc.constantFrom('M1', 'M2'), dates).map(([milestone, on]) => reached(milestone, on)),
    ),
    { maxLength: 12 },
  );

  /** The rules refuse to record that a milestone is reached a second time. */
  const oncePerMilestone = (known: readonly TaskFact[]): readonly TaskFact[] => {
    const seen = new Set<string>();
    return known.filter((fact) => {
      if (fact.type !== 'TaskMilestoneReached') return true;
      const first = !seen.has(fact.data.milestone);
      seen.add(fact.data.milestone);
      return first;
    });
  };

  test('as of a day, the task is what it would be if only the facts up to that day had been recorded', () => {
    fc.assert(
      fc.property(facts.map(oncePerMilestone), dates, (known, on) => {
        const upTo = known.filter((fact) => fact.on <= on);
        expect(viewTask(recordOf(planned(), ...known), day(on))).toEqual(viewTask(recordOf(planned(), ...upTo)));
      }),
      runs(300),
    );
  });

  test('later facts do not change an earlier record', () => {
    const founded = recordOf(planned());
    after(founded, reported('10', '2023-03-01'), reached('M1', '2023-03-01'), completed('2023-04-01'));
    expect(viewTask(founded)).toEqual(viewTask(recordOf(planned())));
  });
});
