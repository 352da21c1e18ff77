import fc from 'fast-check';
import { viewIndicator, viewObservations } from '../../../src/features/indicators/views';
import { runs } from '../../support/property';
import { day, DatedFact } from '../../support/specification';
import { corrected, defined, observed, recordOf } from './history';

const date = fc.integer({ min: 1, max: 28 }).map((number) => `2023-06-${String(number).padStart(2, '0')}`);
const correction = fc.oneof(
  fc.record({ observedOn: date }),
  fc.record({ value: fc.nat(99).map(String) }),
  fc.record({ withdraw: fc.constant(true) }),
);
const step = fc.oneof(fc.record({ observedOn: date }), fc.record({ corrects: fc.nat(), correction }));

/** In any order of recordings and corrections, the result is that of a simple calculation over all facts. */
test('a record keeps its observations as if each had been recorded right from the start', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.option(date, { nil: undefined }), (steps, on) => {
      const facts: DatedFact[] = [defined()];
      const plain: { index: number; observedOn: string; value: string; withdraw: boolean }[] = [];
      for (const taken of steps) {
        if ('observedOn' in taken) {
          const observation = { observedOn: taken.observedOn, value: `1${facts.length}` };
          plain.push({ index: facts.length, withdraw: false, ...observation });
          facts.push(observed(observation.observedOn, observation.value));
        } else if (plain.length > 0) {
          const observation = plain[taken.corrects % plain.length]!;
          Object.assign(observation, { withdraw: false }, taken.correction);
          facts.push(corrected(observation.index, taken.correction));
        }
      }
      const expected = plain
        .filter(({ withdraw, observedOn }) => !withdraw && (on === undefined || observedOn <= on))
        .sort((a, b) => a.observedOn.localeCompare(b.observedOn) || a.index - b.index)
        .map(({ value }) => value);

      const record = recordOf(...facts);
      const effectiveAt = on === undefined ? undefined : day(on);
      expect(viewObservations(record, effectiveAt).map(({ value }) => value)).toEqual(expected);
      expect(viewIndicator(record, effectiveAt).latest?.value).toBe(expected.at(-1));
    }),
    runs(300),
  );
});
