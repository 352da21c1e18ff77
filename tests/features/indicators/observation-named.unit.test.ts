import { observationNamed } from '../../../src/features/indicators/observation-named';
import { asSent } from '../../../src/input/as-sent';
import { inputObject } from '../../../src/input/field';
import { readInput } from '../../../src/input/read-input';
import { LedgerCalendar } from '../../../src/kernel/time';
import { encodeId } from '../../../src/reading/ids';

const Named = inputObject('Named', '观测值。An observation.', { observation: observationNamed('') });
const EVENT = '0190b0c6-7a4e-4c5a-8f3e-2f1d5a6b7c8d';
const change = encodeId({
  type: 'CHANGE',
  entity: { entityType: 'INDICATOR', code: 'K1' },
  eventId: EVENT,
  position: 7n,
});
const withoutPart = encodeId({ type: 'OBSERVATION', code: 'K1' });

test.each([
  ['its own id', encodeId({ type: 'OBSERVATION', code: 'K1', part: EVENT }), { indicator: 'K1', change: EVENT }],
  ['the id of its first change', change, { change: EVENT }],
  ['the eventId of its first change', EVENT, { change: EVENT }],
  ['an id without the observation, which is the id of no change', withoutPart, { change: withoutPart }],
])('an observation is named by %s', (_what, sent, observation) => {
  const input = { observation: sent };
  expect(readInput(Named, input, { calendar: new LedgerCalendar('Asia/Shanghai') })).toEqual({
    ok: true,
    value: { observation },
  });
  expect(asSent(Named, input)).toEqual({ observation: observation.change });
});
