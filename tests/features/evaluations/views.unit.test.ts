import { evaluationProjection } from '../../../src/features/evaluations/projection';
import { viewEvaluation } from '../../../src/features/evaluations/views';
import { CorruptLedger } from '../../../src/kernel/outage';
import { day, logged, DatedFact } from '../../support/specification';
import { confirmed, opened, published, recordOf, returned, revised, submitted } from './history';

/** On record, or as of 00:00 of a day. */
const seen = (facts: readonly DatedFact[], on?: string) =>
  viewEvaluation(recordOf(...facts), on === undefined ? undefined : day(on));

const stateOf = (facts: readonly DatedFact[], on?: string) => {
  const { status, round, selfScore, reviewScore } = seen(facts, on);
  return [status, round, selfScore, reviewScore];
};

test('an evaluation that was just opened is an empty draft', () => {
  expect(seen([opened()])).toEqual({
    department: 'D1',
    fiscalYear: 2023,
    status: 'DRAFT',
    round: 1,
    problems: [],
    improvements: [],
  });
});

test('its opening is true from the beginning', () => {
  expect(seen([opened('2024-01-15')], '1999-01-01')).toEqual(seen([opened('2024-01-15')]));
});

test('a history without an opening is corrupt', () => {
  expect(() => recordOf(submitted('2024-02-01'))).toThrow(CorruptLedger);
});

describe('a whole course', () => {
  const facts = [
    opened('2024-01-15'),
    submitted('2024-02-01', { selfScore: '97.63', conclusion: '优', problems: ['甲'], improvements: ['乙'] }),
    returned('2024-02-10'),
    submitted('2024-02-20', { selfScore: '95.00' }),
    confirmed('2024-03-01', '94.5'),
    published('2024-04-01'),
  ];

  test.each([
    ['2024-01-31', ['DRAFT', 1, undefined, undefined]],
    ['2024-02-01', ['SUBMITTED', 1, '97.63', undefined]],
    ['2024-02-19', ['RETURNED', 1, '97.63', undefined]],
    ['2024-02-20', ['SUBMITTED', 2, '95.00', undefined]],
    ['2024-03-01', ['CONFIRMED', 2, '95.00', '94.5']],
    ['2024-04-01', ['PUBLISHED', 2, '95.00', '94.5']],
    [undefined, ['PUBLISHED', 2, '95.00', '94.5']],
  ])('as of %s', (on, expected) => {
    expect(stateOf(facts, on)).toEqual(expected);
  });

  test('a submission holds as a whole: what it leaves out is empty', () => {
    expect(seen(facts, '2024-02-10')).toMatchObject({ conclusion: '优', problems: ['甲'], improvements: ['乙'] });
    expect(seen(facts)).toMatchObject({ conclusion: undefined, problems: [], improvements: [] });
  });

  test('as known at a step, is as if nothing followed', () => {
    expect(stateOf(facts.slice(0, 3))).toEqual(['RETURNED', 1, '97.63', undefined]);
  });
});

describe('out of order', () => {
  test('a step recorded late does not override one with a later effective date', () => {
    const facts = [opened(), submitted('2024-02-01'), confirmed('2024-01-20', '90')];
    expect(stateOf(facts)).toEqual(['SUBMITTED', 1, '97.63', '90']);
    expect(stateOf(facts, '2024-01-25')).toEqual(['CONFIRMED', 1, undefined, '90']);
  });

  test('if two steps have one effective date, the one recorded last holds', () => {
    expect(stateOf([opened(), submitted('2024-02-01'), returned('2024-02-01')])).toEqual([
      'RETURNED',
      1,
      '97.63',
      undefined,
    ]);
  });

  test('a round begins if a submission directly follows a return in effective order', () => {
    const facts = [opened(), submitted('2024-02-01'), returned('2024-01-20')];
    expect(stateOf(facts)).toEqual(['SUBMITTED', 2, '97.63', undefined]);
    const apart = [opened(), submitted('2024-02-01'), returned('2024-02-10'), submitted('2024-02-05')];
    expect(stateOf(apart)).toEqual(['RETURNED', 1, '97.63', undefined]);
  });
});

describe('rounds', () => {
  test('every return that a submission follows begins one', () => {
    const facts = [opened(), submitted('2024-02-01')];
    for (const month of ['03', '04', '05']) facts.push(returned(`2024-${month}-01`), submitted(`2024-${month}-15`));
    expect(stateOf(facts)[1]).toBe(4);
    expect(stateOf(facts, '2024-04-20')[1]).toBe(3);
  });
});

describe('the score of the review', () => {
  test('is that of the last confirmation in force, even if that gave none', () => {
    const facts = [opened(), submitted('2024-02-01'), confirmed('2024-01-20', '90'), confirmed('2024-03-01')];
    expect(stateOf(facts, '2024-02-15')[3]).toBe('90');
    expect(stateOf(facts)[3]).toBeUndefined();
  });
});

describe('the document', () => {
  const project = (facts: readonly DatedFact[]) =>
    evaluationProjection.project(recordOf(...facts), logged(facts).at(-1)!);

  test('is the view on record', () => {
    const facts = [opened(), submitted('2030-01-01')];
    expect(project(facts)).toMatchObject({ department: 'D1', fiscalYear: 2023, state: seen(facts) });
  });

  test('makes the evaluation a member of its lists when it is opened', () => {
    expect(project([opened()]).members).toEqual([
      { collection: 'EVALUATION', code: 'D1.2023' },
      { collection: 'FISCAL_YEAR/D1', code: '2023' },
    ]);
    expect(project([opened(), submitted('2024-02-01')]).members).toEqual([]);
  });
});

describe('a revision', () => {
  const ONCE = [
    opened(),
    submitted('2024-02-01', { selfScore: '80' }),
    confirmed('2024-03-01', '85'),
    published('2024-04-01'),
  ];

  test('keeps what was published, and drops the score of the review', () => {
    const view = viewEvaluation(recordOf(...ONCE, revised('2024-05-01')));
    expect(view).toMatchObject({ status: 'RETURNED', round: 1, revises: 1, selfScore: '80' });
    expect(view.reviewScore).toBeUndefined();
    expect(view.published).toMatchObject({ round: 1, selfScore: '80', reviewScore: '85', position: '103' });
  });

  test('begins the next round with the next submission, which is published in its place', () => {
    const again = [...ONCE, revised('2024-05-01'), submitted('2024-05-10', { selfScore: '82' })];
    expect(viewEvaluation(recordOf(...again))).toMatchObject({ round: 2, revises: 1, published: { round: 1 } });
    const later = viewEvaluation(recordOf(...again, confirmed('2024-06-01'), published('2024-06-02')));
    expect(later).toMatchObject({ round: 2, revises: 1, published: { round: 2, selfScore: '82' } });
    expect(later.published?.reviewScore).toBeUndefined();
  });

  test('is not in force before its effective date', () => {
    const view = viewEvaluation(recordOf(...ONCE, revised('2024-05-01')), day('2024-04-30'));
    expect(view).toMatchObject({ status: 'PUBLISHED', reviewScore: '85' });
    expect(view.revises).toBeUndefined();
  });
});
