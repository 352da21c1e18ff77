import { IndicatorRecord } from '../../../src/features/indicators/record';
import { indicatorProjection } from '../../../src/features/indicators/projection';
import { viewIndicator, viewObservations } from '../../../src/features/indicators/views';
import { CorruptLedger } from '../../../src/kernel/outage';
import { day, logged, DatedFact } from '../../support/specification';
import { corrected, defined, DEFINITION, observed, QUALITATIVE, RANGE, recordOf, retired, revised } from './history';

/** On record, or as of 00:00 of a day. */
const seen = (facts: readonly DatedFact[], on?: string) =>
  viewIndicator(recordOf(...facts), on === undefined ? undefined : day(on));
const valuesOf = (facts: readonly DatedFact[], on?: string) =>
  viewObservations(recordOf(...facts), on === undefined ? undefined : day(on)).map(({ value }) => value);

describe('the definition', () => {
  test('is true from the beginning, the target too', () => {
    const whole = { ...RANGE, unit: '%', baseline: '9.50', points: '10', task: 'T1' };
    const expected = { ...whole, retired: false, latest: undefined };
    expect(seen([defined(whole)])).toEqual(expected);
    expect(seen([defined(whole)], '1999-01-01')).toEqual(expected);
  });

  test('a history without one is corrupt', () => {
    expect(() => recordOf(observed('2023-09-30', '97.4'))).toThrow(CorruptLedger);
  });

  test('a correction of what was never observed is corrupt', () => {
    expect(() => recordOf(defined(), corrected(7, { value: '1' }))).toThrow(CorruptLedger);
  });
});

describe('targets and points', () => {
  const targetOf = (facts: readonly DatedFact[], on?: string) => {
    const { target, targetUpper, points } = seen(facts, on);
    return [target, targetUpper, points];
  };

  test('each part holds from the effective date of the revision that gives it', () => {
    const facts = [
      defined({ ...RANGE, points: '5' }),
      revised({ target: '12' }, '2023-03-01'),
      revised({ targetUpper: '18', points: '6' }, '2023-06-01'),
    ];
    expect(targetOf(facts, '2023-02-28')).toEqual(['10', '20', '5']);
    expect(targetOf(facts, '2023-03-01')).toEqual(['12', '20', '5']);
    expect(targetOf(facts, '2023-06-01')).toEqual(['12', '18', '6']);
    expect(targetOf(facts)).toEqual(['12', '18', '6']);
  });

  test('a revision recorded late does not override one with a later effective date', () => {
    const facts = [defined(), revised({ target: '99' }, '2023-06-01'), revised({ target: '97' }, '2023-03-01')];
    expect(seen(facts).target).toBe('99');
    expect(seen(facts, '2023-03-01').target).toBe('97');
  });

  test('if two revisions have one effective date, the one recorded last holds', () => {
    const facts = [defined(), revised({ target: '99' }, '2023-06-01'), revised({ target: '97' }, '2023-06-01')];
    expect(seen(facts).target).toBe('97');
  });

  test('a revision that is not in force yet holds on record', () => {
    const facts = [defined(), revised({ target: '99' }, '2030-01-01')];
    expect(seen(facts).target).toBe('99');
    expect(seen(facts, '2023-12-31').target).toBe('98');
  });
});

test('retirement holds from its effective date', () => {
  const facts = [defined(), retired('2023-07-01')];
  expect(seen(facts).retired).toBe(true);
  expect(seen(facts, '2023-07-01').retired).toBe(true);
  expect(seen(facts, '2023-06-30').retired).toBe(false);
});

describe('observations', () => {
  test('are shown with all that was recorded', () => {
    const facts = [defined(), observed('2023-09-30', '97.40', { qualifier: 'GT', text: '约', source: '热线平台' })];
    const observation = {
      changeId: 'event-1',
      position: '101',
      observedOn: '2023-09-30',
      value: '97.40',
      text: '约',
      qualifier: 'GT',
      source: '热线平台',
      corrected: false,
    };
    expect(seen(facts).latest).toEqual(observation);
    expect(viewObservations(recordOf(...facts))).toEqual([observation]);
  });

  test('of a qualitative indicator are texts', () => {
    const facts = [defined(QUALITATIVE), observed('2023-09-30', undefined, { text: '达成预期' })];
    expect(seen(facts).latest).toMatchObject({ value: undefined, text: '达成预期' });
  });

  test('the latest is by observation date: a late recording of an earlier date does not override it', () => {
    const facts = [defined(), observed('2023-10-31', '98.1'), observed('2023-09-30', '97.4')];
    expect(seen(facts).latest?.value).toBe('98.1');
    expect(valuesOf(facts)).toEqual(['97.4', '98.1']);
  });

  test('the latest of one day is the one that was first recorded last, even if another is corrected later', () => {
    const facts = [defined(), observed('2023-09-30', '1'), observed('2023-09-30', '2')];
    expect(seen(facts).latest?.value).toBe('2');
    facts.push(corrected(1, { value: '3' }));
    expect(seen(facts).latest?.value).toBe('2');
    expect(valuesOf(facts)).toEqual(['3', '2']);
  });

  test('are in force from their day', () => {
    const facts = [defined(), observed('2023-09-30', '97.4'), observed('2023-10-31', '98.1')];
    expect(seen(facts, '2023-09-29').latest).toBeUndefined();
    expect(seen(facts, '2023-09-30').latest?.value).toBe('97.4');
    expect(seen(facts, '2023-10-30').latest?.value).toBe('97.4');
    expect(valuesOf(facts, '2023-10-30')).toEqual(['97.4']);
    expect(valuesOf(facts, '2023-10-31')).toEqual(['97.4', '98.1']);
  });
});

describe('corrections', () => {
  const reading = [defined(), observed('2023-09-30', '97.4', { qualifier: 'GT', text: '初报', source: '热线平台' })];

  test('restate the parts that they give, in order of recording, whatever their own effective dates', () => {
    const facts = [
      ...reading,
      corrected(1, { value: '98.2', qualifier: 'GE' }, '2030-01-01'),
      corrected(1, { value: '98.3' }, '2000-01-01'),
    ];
    const restated = {
      value: '98.3',
      qualifier: 'GE',
      text: '初报',
      source: '热线平台',
      corrected: true,
      position: '101',
    };
    expect(seen(facts).latest).toMatchObject(restated);
    expect(seen(facts, '2023-09-30').latest).toMatchObject(restated);
    expect(
      recordOf(...facts)
        .observations.byChange.get('event-1')
        ?.corrections.toArray(),
    ).toEqual([102n, 103n]);
  });

  test('are unknown before they are recorded', () => {
    expect(seen(reading).latest).toMatchObject({ value: '97.4', corrected: false });
  });

  test('of the date move the observation on the effective clock', () => {
    const facts = [...reading, observed('2023-10-31', '98.1'), corrected(1, { observedOn: '2023-11-01' })];
    expect(seen(facts).latest?.value).toBe('97.4');
    expect(valuesOf(facts)).toEqual(['98.1', '97.4']);
    expect(valuesOf(facts, '2023-10-31')).toEqual(['98.1']);
  });

  test('of the date to a day that has another observation keep the order of first recording', () => {
    const facts = [...reading, observed('2023-10-31', '98.1'), corrected(1, { observedOn: '2023-10-31' })];
    expect(valuesOf(facts)).toEqual(['97.4', '98.1']);
    expect(seen(facts).latest?.value).toBe('98.1');
  });

  test('withdraw', () => {
    const facts = [...reading, observed('2023-10-31', '98.1'), corrected(2, { withdraw: true })];
    expect(seen(facts).latest?.value).toBe('97.4');
    expect(valuesOf(facts)).toEqual(['97.4']);
    expect(valuesOf(facts, '2023-10-31')).toEqual(['97.4']);
    expect(seen([...facts, corrected(1, { withdraw: true })]).latest).toBeUndefined();
  });

  test('bring back a withdrawn observation, with the parts that they restate', () => {
    const facts = [
      ...reading,
      corrected(1, { value: '98.2' }),
      corrected(1, { withdraw: true }),
      corrected(1, { withdraw: true }),
    ];
    expect(valuesOf(facts)).toEqual([]);
    expect(valuesOf([...facts, corrected(1, { qualifier: 'EQ' })])).toEqual(['98.2']);
  });
});

describe('the document', () => {
  const project = (record: IndicatorRecord, facts: readonly DatedFact[]) =>
    indicatorProjection.project(record, logged(facts).at(-1)!);

  test('is the view on record, and holds no list of observations', () => {
    const facts = [defined(), observed('2023-09-30', '1'), observed('2023-10-31', '2'), retired('2030-01-01')];
    const record = recordOf(...facts);
    expect(project(record, facts)).toEqual({
      department: 'D1',
      fiscalYear: 2023,
      state: viewIndicator(record),
      members: [],
    });
    expect(JSON.parse(JSON.stringify(viewIndicator(record)))).toEqual({
      ...DEFINITION,
      retired: true,
      latest: {
        changeId: 'event-2',
        position: '102',
        observedOn: '2023-10-31',
        value: '2',
        qualifier: 'EQ',
        corrected: false,
      },
    });
  });

  test.each([
    [undefined, []],
    ['T1', [{ collection: 'TASK_INDICATOR/T1', code: 'K1' }]],
  ])('makes the indicator a member of its lists when it is defined, for task %s', (task, ofTask) => {
    const facts = [defined({ ...DEFINITION, task })];
    expect(project(recordOf(...facts), facts).members).toEqual([
      { collection: 'INDICATOR', code: 'K1' },
      { collection: 'INDICATOR/D1', code: 'K1' },
      { collection: 'FISCAL_YEAR/D1', code: '2023' },
      ...ofTask,
    ]);
  });
});
