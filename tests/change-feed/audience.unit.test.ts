import * as fc from 'fast-check';
import { Audience, Listener } from '../../src/change-feed/audience';
import { matches } from '../../src/change-feed/filter';
import { calendar } from '../support/specification';
import { runs } from '../support/property';
import { aFilter, aSketch, GrowingLog, sketches } from './history';

test('those who are found for a change, and want it, are those that asking everybody would find', () => {
  const aListener = fc.record({ filter: aFilter, leaves: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(aListener, { maxLength: 12 }),
      fc.array(aSketch, { minLength: 1, maxLength: 12 }),
      (listeners, told) => {
        const audience = new Audience<Listener>();
        for (const listener of listeners) audience.add(listener);
        for (const listener of listeners) if (listener.leaves) audience.delete(listener);
        const present = listeners.filter(({ leaves }) => !leaves);
        expect(audience.size).toBe(present.length);
        for (const { change } of new GrowingLog().grow(told)) {
          const found = [...audience.of(change)];
          expect(new Set(found).size).toBe(found.length);
          const asked = found.filter(({ filter }) => matches(filter, change, calendar));
          expect(new Set(asked)).toEqual(new Set(present.filter(({ filter }) => matches(filter, change, calendar))));
        }
      },
    ),
    runs(300),
  );
});

test('who wants another department is not so much as found', () => {
  const audience = new Audience<Listener>();
  for (const department of ['D2', 'D3']) audience.add({ filter: { departments: [department] } });
  const wanted = { filter: { departments: ['D1', 'D2', 'D1'], types: ['TaskPlanned'] } };
  audience.add(wanted);
  const [grown] = new GrowingLog().grow(sketches(1));
  expect([...audience.of(grown!.change)]).toEqual([wanted]);
});

test('when all have left, nothing of them is kept', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ filter: aFilter }), { maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      (listeners, order) => {
        const audience = new Audience<Listener>();
        for (const listener of listeners) audience.add(listener);
        const leavers = [...listeners];
        for (const next of order) {
          const [leaver] = leavers.splice(next % leavers.length, 1);
          if (leaver === undefined) break;
          audience.delete(leaver);
        }
        expect(audience).toEqual(new Audience());
      },
    ),
    runs(300),
  );
});

test('who shares values with one that leaves is still found by them', () => {
  const audience = new Audience<Listener>();
  const [leaver, stays] = [{ filter: { entities: ['a', 'b', 'a'] } }, { filter: { entities: ['a', 'c'] } }] as const;
  audience.add(leaver);
  audience.add(stays);
  audience.delete(leaver);
  const found = new GrowingLog()
    .grow(['a', 'b', 'c'].flatMap((code) => sketches(1, { code })))
    .map(({ change }) => [...audience.of(change)]);
  expect(found).toEqual([[stays], [], [stays]]);
});
