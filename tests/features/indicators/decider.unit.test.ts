import { IndicatorCommand, indicatorDecider } from '../../../src/features/indicators/decider';
import { IndicatorTargetRevised, ObservationCorrected } from '../../../src/features/indicators/events';
import {
  corrected,
  defined,
  DEFINITION,
  given,
  observed,
  QUALITATIVE,
  RANGE,
  recordOf,
  retired,
  revised,
} from './history';

const define = { kind: 'define', definition: DEFINITION } as const;
const retire = { kind: 'retire', code: 'K1' } as const;
const revise = (revision: IndicatorTargetRevised) => ({ kind: 'revise', code: 'K1', revision }) as const;
const record = (observedOn: string, value?: string, text?: string) =>
  ({ kind: 'record', code: 'K1', observation: { observedOn, value, text, qualifier: 'EQ' } }) as const;
const correct = (change: string, correction: Partial<ObservationCorrected>, indicator = 'K1') =>
  ({
    kind: 'correct',
    code: 'K1',
    observation: { indicator, change },
    correction: { withdraw: false, ...correction },
  }) as const;

describe('defining', () => {
  const forTask = { kind: 'define', definition: { ...DEFINITION, task: 'T1' } } as const;
  const D1 = { entityType: 'DEPARTMENT', code: 'D1' } as const;
  const T1 = { entityType: 'TASK', code: 'T1' } as const;

  test('records the whole definition', () => {
    given().when(define).then('IndicatorDefined', DEFINITION);
  });

  test('happens once', () => {
    given(defined()).when(define).thenRefused({ kind: 'CONFLICT', message: 'Indicator K1 is defined already' });
  });

  test('needs the department', () => {
    given().when(define, { existing: [] }).thenRefused({ kind: 'NOT_FOUND', message: 'There is no department D1' });
  });

  test('needs the task that it names', () => {
    given()
      .when(forTask, { existing: [D1] })
      .thenRefused({ kind: 'NOT_FOUND', message: 'There is no task T1' });
    given()
      .when(forTask, { existing: [D1, T1] })
      .then('IndicatorDefined', forTask.definition);
  });

  test('an indicator that is defined already is refused before its references are checked', () => {
    given(defined()).when(define, { existing: [] }).thenRefused({ kind: 'CONFLICT' });
  });

  test('is the only command that refers to other entities', () => {
    expect(indicatorDecider.references(define)).toEqual([D1]);
    expect(indicatorDecider.references(forTask)).toEqual([D1, T1]);
    expect(indicatorDecider.references(retire)).toEqual([]);
  });
});

describe('the department that a command writes to', () => {
  test('is the one that a definition names', () => {
    const elsewhere = { kind: 'define', definition: { ...DEFINITION, department: 'D2' } } as const;
    expect(indicatorDecider.departmentOf(undefined, define)).toBe('D1');
    expect(indicatorDecider.departmentOf(recordOf(defined()), elsewhere)).toBe('D2');
  });

  test('is otherwise that of the indicator, which may not exist', () => {
    expect(indicatorDecider.departmentOf(recordOf(defined()), retire)).toBe('D1');
    expect(indicatorDecider.departmentOf(undefined, retire)).toBeUndefined();
  });
});

const ON_AN_INDICATOR: readonly (readonly [string, IndicatorCommand])[] = [
  ['revise', revise({ target: '99' })],
  ['record', record('2023-09-30', '97.4')],
  ['correct', correct('event-1', { value: '98.2' })],
  ['retire', retire],
];

test.each(ON_AN_INDICATOR)('there is nothing to %s without an indicator', (_name, command) => {
  given().when(command).thenRefused({ kind: 'NOT_FOUND', message: 'There is no indicator K1' });
});

describe('a retired indicator', () => {
  const history = [defined(), observed('2023-09-30', '97.4'), retired('2030-01-01')];

  test.each(ON_AN_INDICATOR.filter(([name]) => name !== 'correct'))('refuses the command: %s', (_name, command) => {
    given(...history)
      .when(command)
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'INDICATOR_RETIRED' });
  });

  test('takes corrections', () => {
    given(...history)
      .when(correct('event-1', { value: '98.2' }))
      .then('ObservationCorrected', { corrects: 'event-1', value: '98.2', withdraw: false });
  });
});

test('retiring', () => {
  given(defined()).when(retire).then('IndicatorRetired', {});
});

describe('revising', () => {
  test('records the parts given, as they were written', () => {
    given(defined())
      .when(revise({ target: '98.50', points: '10' }))
      .then('IndicatorTargetRevised', { target: '98.50', points: '10' });
  });

  const NO_TARGET = 'A qualitative indicator has no target';
  test.each([
    ['a target of a qualitative indicator', QUALITATIVE, { target: '98' }, NO_TARGET],
    ['an upper target of a qualitative indicator', QUALITATIVE, { targetUpper: '98' }, NO_TARGET],
    [
      'an upper target of an indicator that is no range',
      DEFINITION,
      { targetUpper: '99' },
      'Only a RANGE has an upper target',
    ],
  ])('%s is refused', (_what, definition, revision, message) => {
    given(defined(definition))
      .when(revise(revision))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'KIND_MISMATCH', message });
  });

  test('the points of a qualitative indicator are revised like others', () => {
    given(defined(QUALITATIVE))
      .when(revise({ points: '5' }))
      .then('IndicatorTargetRevised', { points: '5' });
  });

  describe('a range', () => {
    const TARGET_RANGE = { kind: 'RULE_VIOLATION', rule: 'TARGET_RANGE' } as const;

    test('may shrink to one value', () => {
      given(defined(RANGE))
        .when(revise({ target: '20' }))
        .then('IndicatorTargetRevised', { target: '20' });
    });

    test('may not end with its lower end above its upper end, whichever end moves', () => {
      given(defined(RANGE))
        .when(revise({ target: '20.01' }))
        .thenRefused(TARGET_RANGE);
      given(defined(RANGE))
        .when(revise({ targetUpper: '9.99' }))
        .thenRefused(TARGET_RANGE);
    });

    test('may move past itself with both ends at once', () => {
      given(defined(RANGE))
        .when(revise({ target: '30', targetUpper: '40' }))
        .then('IndicatorTargetRevised', { target: '30', targetUpper: '40' });
    });

    test('is compared by numbers, not by letters', () => {
      given(defined(RANGE))
        .when(revise({ target: '9' }))
        .then('IndicatorTargetRevised', { target: '9' });
    });

    test('is judged with what earlier revisions left', () => {
      const history = [defined(RANGE), revised({ targetUpper: '50' }, '2023-06-01')];
      given(...history)
        .when(revise({ target: '45' }))
        .then('IndicatorTargetRevised', { target: '45' });
      given(...history)
        .when(revise({ target: '55' }))
        .thenRefused(TARGET_RANGE);
    });

    test('is judged as on record: an end that a later effective date overtakes does not count', () => {
      const history = [defined(RANGE), revised({ target: '15' }, '2023-06-01')];
      given(...history)
        .when(revise({ target: '25' }), { on: '2023-03-01' })
        .then('IndicatorTargetRevised', { target: '25' });
    });

    test('is judged with the new revision if another has the same effective date', () => {
      const history = [defined(RANGE), revised({ target: '15' }, '2023-06-01')];
      given(...history)
        .when(revise({ target: '25' }), { on: '2023-06-01' })
        .thenRefused(TARGET_RANGE);
    });
  });
});

describe('recording an observation', () => {
  test('records what was observed, as it was written', () => {
    const observation = {
      observedOn: '2023-09-30',
      value: '-0.50',
      text: '同比',
      qualifier: 'GT',
      source: '12345',
    } as const;
    given(defined()).when({ kind: 'record', code: 'K1', observation }).then('ObservationRecorded', observation);
  });

  test.each([
    ['a text without a value', DEFINITION, undefined, '达成预期'],
    ['a value of a qualitative indicator', QUALITATIVE, '98', undefined],
    ['a value with the text of a qualitative indicator', QUALITATIVE, '98', '达成预期'],
    ['nothing of a qualitative indicator', QUALITATIVE, undefined, undefined],
  ])('%s is refused', (_what, definition, value, text) => {
    given(defined(definition))
      .when(record('2023-09-30', value, text))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'KIND_MISMATCH' });
  });

  test('a qualitative indicator is observed as a text', () => {
    given(defined(QUALITATIVE))
      .when(record('2023-09-30', undefined, '达成预期'))
      .then('ObservationRecorded', { observedOn: '2023-09-30', text: '达成预期', qualifier: 'EQ' });
  });

  test('today is not in the future, tomorrow is', () => {
    given(defined())
      .when(record('2023-11-02', '97.4'), { today: '2023-11-02' })
      .then('ObservationRecorded', { observedOn: '2023-11-02', value: '97.4', qualifier: 'EQ' });
    given(defined())
      .when(record('2023-11-03', '97.4'), { today: '2023-11-02' })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'OBSERVED_IN_FUTURE' });
  });
});

describe('correcting an observation', () => {
  const history = [
    defined(),
    observed('2023-09-30', '97.4'),
    revised({ target: '99' }, '2023-10-01'),
    corrected(1, { value: '98.2' }),
  ];

  test('records the parts given', () => {
    given(...history)
      .when(correct('event-1', { value: '98.3', text: '复核', qualifier: 'GE' }))
      .then('ObservationCorrected', {
        corrects: 'event-1',
        value: '98.3',
        text: '复核',
        qualifier: 'GE',
        withdraw: false,
      });
  });

  test('another date is recorded with its effective date', () => {
    given(...history)
      .when(correct('event-1', { observedOn: '2023-09-29' }))
      .then('ObservationCorrected', {
        corrects: 'event-1',
        observedOn: '2023-09-29',
        effectiveAt: '2023-09-28T16:00:00.000Z',
        withdraw: false,
      });
  });

  test('withdraws, and brings back what was withdrawn', () => {
    given(...history)
      .when(correct('event-1', { withdraw: true }))
      .then('ObservationCorrected', { corrects: 'event-1', withdraw: true });
    given(...history, corrected(1, { withdraw: true }))
      .when(correct('event-1', { qualifier: 'GT' }))
      .then('ObservationCorrected', { corrects: 'event-1', qualifier: 'GT', withdraw: false });
  });

  test.each([
    ['the definition', 'event-0'],
    ['a revision of the target', 'event-2'],
    ['an earlier correction', 'event-3'],
  ])('%s is no observation to correct', (_what, change) => {
    given(...history)
      .when(correct(change, { value: '1' }))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'NOT_CORRECTABLE' });
  });

  test('the retirement is no observation to correct either', () => {
    given(...history, retired('2023-10-31'))
      .when(correct('event-4', { value: '1' }))
      .thenRefused({ rule: 'NOT_CORRECTABLE' });
  });

  test('an observation that the indicator does not have is not found', () => {
    given(...history)
      .when(correct('event-9', { value: '1' }))
      .thenRefused({ kind: 'NOT_FOUND' });
    given(...history)
      .when(correct('event-1', { value: '1' }, 'K2'))
      .thenRefused({ kind: 'NOT_FOUND' });
    given(...history)
      .when(correct('event-0', { value: '1' }, 'K2'))
      .thenRefused({ kind: 'NOT_FOUND' });
  });

  test('an unknown observation is refused before what the correction says is checked', () => {
    given(defined(QUALITATIVE))
      .when(correct('event-9', { value: '1' }))
      .thenRefused({ kind: 'NOT_FOUND' });
  });

  test('a qualitative observation gets no value', () => {
    given(defined(QUALITATIVE), observed('2023-09-30', undefined, { text: '达成预期' }))
      .when(correct('event-1', { value: '1' }))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'KIND_MISMATCH' });
  });

  test('a qualitative observation keeps its text if only its date is corrected', () => {
    given(defined(QUALITATIVE), observed('2023-09-30', undefined, { text: '达成预期' }))
      .when(correct('event-1', { observedOn: '2023-09-29' }))
      .then('ObservationCorrected', expect.objectContaining({ observedOn: '2023-09-29' }));
  });

  test('its date may be corrected to today, not to tomorrow', () => {
    given(...history)
      .when(correct('event-1', { observedOn: '2023-11-02' }), { today: '2023-11-02' })
      .then('ObservationCorrected', expect.objectContaining({ observedOn: '2023-11-02' }));
    given(...history)
      .when(correct('event-1', { observedOn: '2023-11-03' }), { today: '2023-11-02' })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'OBSERVED_IN_FUTURE' });
  });
});
