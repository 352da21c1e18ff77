import * as fc from 'fast-check';
import { SubscriberIndex, FilteredSubscriber } from '../../src/change-feed/subscriber-index';
import { matches } from '../../src/change-feed/filter';
import { calendar } from '../support/specification';
import { runs } from '../support/property';
import { aFilter, aSketch, GrowingLog, sketches } from './history';

test('a lookup, filtered, finds the same subscribers as asking all of them', () => {
  const aListener = fc.record({ filter: aFilter, leaves: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(aListener, { maxLength: 12 }),
      fc.array(aSketch, { minLength: 1, maxLength: 12 }),
      (subscribers, told) => {
        const index = new SubscriberIndex<FilteredSubscriber>();
        for (const subscriber of subscribers) index.add(subscriber);
        for (const subscriber of subscribers) if (subscriber.leaves) index.delete(subscriber);
        const present = subscribers.filter(({ leaves }) => !leaves);
        expect(index.size).toBe(present.length);
        for (const { change } of new GrowingLog().grow(told)) {
          const found = [...index.of(change)];
          expect(new Set(found).size).toBe(found.length);
          const asked = found.filter(({ filter }) => matches(filter, change, calendar));
          expect(new Set(asked)).toEqual(new Set(present.filter(({ filter }) => matches(filter, change, calendar))));
        }
      },
    ),
    runs(300),
  );
});

test('a subscriber of another department is not even looked up', () => {
  const index = new SubscriberIndex<FilteredSubscriber>();
  for (const department of ['D2', 'D3']) index.add({ filter: { departments: [department] } });
  const wanted = { filter: { departments: ['D1', 'D2', 'D1'], types: ['TaskPlanned'] } };
  index.add(wanted);
  const [grown] = new GrowingLog().grow(sketches(1));
  expect([...index.of(grown!.change)]).toEqual([wanted]);
});

test('the index is empty after all subscribers have left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ filter: aFilter }), { maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      (subscribers, order) => {
        const index = new SubscriberIndex<FilteredSubscriber>();
        for (const subscriber of subscribers) index.add(subscriber);
        const leavers = [...subscribers];
        for (const next of order) {
          const [leaver] = leavers.splice(next % leavers.length, 1);
          if (leaver === undefined) break;
          index.delete(leaver);
        }
        expect(index).toEqual(new SubscriberIndex());
      },
    ),
    runs(300),
  );
});

test('a subscriber that shares values with one that leaves is still found by them', () => {
  const index = new SubscriberIndex<FilteredSubscriber>();
  const [leaver, stays] = [{ filter: { entities: ['a', 'b', 'a'] } }, { filter: { entities: ['a', 'c'] } }] as const;
  index.add(leaver);
  index.add(stays);
  index.delete(leaver);
  const found = new GrowingLog()
    .grow(['a', 'b', 'c'].flatMap((code) => sketches(1, { code })))
    .map(({ change }) => [...index.of(change)]);
  expect(found).toEqual([[stays], [], [stays]]);
});
