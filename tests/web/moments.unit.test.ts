import * as fc from 'fast-check';
import { Answers } from '../../web/src/api/answers';
import { answerOf, isRetryable } from '../../web/src/api/failure';
import { dayOf } from '../../web/src/language/dates';
import { isFixed, isNow, Moment } from '../../web/src/moment/moment';
import { stopAfterKey } from '../../web/src/moment/slider/keys';
import { Stops } from '../../web/src/moment/slider/stops';
import { momentWords } from '../../web/src/moment/words';
import { Address, readAddress, writeAddress } from '../../web/src/routing/place';
import { isWebAddress } from '../../web/src/routing/web-address';
import { readYear } from '../../web/src/routing/year';

/** Which moment the page shows, and how a person goes to another one. */

const read = (path: string): Address => readAddress(new URL(path, 'https://ledger.example'));

test('an address has the place and both clocks', () => {
  expect(read('/app/department/441300-DSJ/2023?known=2023-07-31&effective=2023-06-30&line=A%26B')).toEqual({
    place: { view: 'department', parts: ['441300-DSJ', '2023'], query: { line: 'A&B' } },
    moment: { knownAt: '2023-07-31', effectiveAt: '2023-06-30' },
  });
  expect(read('/app/').moment).toEqual({});
  expect(read('/app/city?position=42&known=2023-07-31').moment).toEqual({ position: '42' });
  expect(read('/app/city/%E0%A4%A').place.parts).toEqual(['%E0%A4%A']);
});

test('an address that is written is read as it was', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((part) => part !== '.' && part !== '..');
  const place = fc.record({
    view: fc.constantFrom('city', 'department'),
    parts: fc.array(text, { maxLength: 3 }),
    query: fc.dictionary(fc.constantFrom('line', 'filter', 'path'), text),
  });
  const moment: fc.Arbitrary<Moment> = fc.oneof(
    fc.constant({}),
    fc.record({ position: text, effectiveAt: text }),
    fc.record({ knownAt: text }),
  );
  fc.assert(
    fc.property(place, moment, (shown, at) => {
      expect(read(writeAddress({ place: shown, moment: at }))).toEqual({ place: { ...shown }, moment: at });
    }),
  );
});

test('only the present is now, and only a moment on record stays the same', () => {
  expect(isNow({})).toBe(true);
  for (const moment of [{ position: '1' }, { knownAt: '2023-01-01' }, { effectiveAt: '2023-01-01' }])
    expect(isNow(moment)).toBe(false);
  expect(isFixed({ position: '1' }, '2023-07-31')).toBe(true);
  expect(isFixed({ knownAt: '2023-07-30' }, '2023-07-31')).toBe(true);
  expect(isFixed({ knownAt: '2023-07-31' }, '2023-07-31')).toBe(false);
  expect(isFixed({ effectiveAt: '2023-07-30' }, '2023-07-31')).toBe(false);
});

test('the clocks are said in words', () => {
  const { known, effective } = momentWords({ known: '31 July 2023', effective: '30 June 2023' });
  expect(`${known.en} · ${effective.en}`).toBe('as known on 31 July 2023 · as in effect on 30 June 2023');
  expect(momentWords({ known: undefined, effective: undefined }).known.zh).toBe('按现在所知');
});

const NOW = Date.parse('2023-06-01T00:00:00Z');
// In Shanghai the third one is recorded in February.
const TIMES = ['2023-01-10T01:00:00Z', '2023-01-20T01:00:00Z', '2023-01-31T16:30:00Z', '2023-04-02T01:00:00Z'];
const changes = TIMES.map((recordedAt, index) => ({ position: String(index * 10), recordedAt }));
const stops = new Stops(changes, NOW, (at) => dayOf(at, 'Asia/Shanghai'));

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 4, 4],
  ['ArrowLeft', 4, 3],
  ['ArrowLeft', 0, 0],
  ['PageUp', 0, 1],
  ['PageUp', 1, 2],
  ['PageUp', 2, 3],
  ['PageUp', 3, 4],
  ['PageDown', 4, 2],
  ['PageDown', 3, 2],
  ['PageDown', 2, 1],
  ['PageDown', 1, 0],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['a', 1, undefined],
])('the key %s leads from stop %d to %p', (key, from, to) => {
  expect(stopAfterKey(key, from, stops)).toBe(to);
});

test('a day is the stop of what was on record at its end', () => {
  expect(stops.ofDay('2023-01-09')).toBeUndefined();
  expect(stops.ofDay('2023-01-31')).toBe(1);
  expect(stops.ofDay('2023-02-01')).toBe(2);
  expect(stops.ofDay('2024-01-01')).toBe(3);
});

test('every stop is found again where it is drawn, by change and by date', () => {
  const recorded = fc
    .uniqueArray(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 50 })
    .map((times) => times.sort((left, right) => left - right).map((time) => new Date(time * 1_000).toISOString()));
  fc.assert(
    fc.property(recorded, fc.constantFrom('change' as const, 'date' as const), (times, scale) => {
      const random = new Stops(
        times.map((recordedAt, index) => ({ position: String(index), recordedAt })),
        10_000_001_000,
        (at) => dayOf(at, 'Asia/Shanghai'),
      );
      for (let stop = 0; stop <= random.last; stop++) {
        const nudged = random.fractionOf(stop, scale) + (scale === 'date' ? 1e-12 : 0);
        expect(random.at(nudged, scale)).toBe(stop);
      }
    }),
  );
});

test('a ledger without changes has only now', () => {
  const none = new Stops([], NOW, String);
  expect([
    none.last,
    none.at(0.5, 'date'),
    none.fractionOf(0, 'date'),
    none.monthEarlier(0),
    none.monthLater(0),
  ]).toEqual([0, 0, 1, 0, 0]);
});

test('only what a browser opens as a page is a link', () => {
  expect(['https://a.example/x', 'HTTP://a.example'].map(isWebAddress)).toEqual([true, true]);
  const others = ['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '//a.example', 'https:a', 'import:k#S!A1', 'file:///etc/passwd', 'javascript:"https://a"']; // prettier-ignore
  expect(others.filter(isWebAddress)).toEqual([]);
});

test('half an answer is no answer', () => {
  const errors = [{ message: 'no', extensions: { code: 'READ_MODEL_BEHIND', retryable: true } }];
  const answer = answerOf({ data: { budget: null }, errors });
  expect(answer).toMatchObject({ ok: false, failure: { code: 'READ_MODEL_BEHIND' } });
  expect(!answer.ok && isRetryable(answer.failure)).toBe(true);
  expect(answerOf({ data: { budget: null } })).toEqual({ ok: true, data: { budget: null } });
});

test('of the answers that are kept, the one that was not used for longest goes first', () => {
  const answers = new Answers(2, 100);
  answers.keep('a', { ok: true, data: 1 });
  answers.keep('b', { ok: true, data: 2 });
  answers.get('a');
  answers.keep('c', { ok: true, data: 3 });
  answers.keep('d', { ok: false, failure: { code: 'X', message: '', extensions: {} } });
  expect(['a', 'b', 'c', 'd'].map((key) => answers.get(key)?.ok)).toEqual([true, undefined, true, undefined]);
});

test('long answers are dropped sooner, and one that is kept again counts once', () => {
  const answers = new Answers(9, 100);
  const keep = (key: string, size: number): void => {
    answers.keep(key, { ok: true, data: key, size });
  };
  keep('a', 40);
  keep('a', 40);
  keep('b', 50);
  expect(['a', 'b'].map((key) => answers.get(key)?.ok)).toEqual([true, true]);
  keep('c', 20);
  expect(['a', 'b', 'c'].map((key) => answers.get(key)?.ok)).toEqual([undefined, true, true]);
  keep('d', 500);
  expect(['b', 'c', 'd'].map((key) => answers.get(key)?.ok)).toEqual([undefined, undefined, undefined]);
});

test('an instant is the stop of the last change up to it', () => {
  expect(stops.ofInstant(Date.parse('2023-01-20T01:00:00Z'))).toBe(1);
  expect(stops.ofInstant(Date.parse('2023-01-20T00:59:59Z'))).toBe(0);
  expect([stops.ofInstant(0), stops.ofInstant(NaN)]).toEqual([undefined, undefined]);
});

test('what is no moment in an address is not taken for one that never changes', () => {
  for (const known of ['hello', '', '0', '2023-02-30', '1999'])
    expect(isFixed({ knownAt: known }, '2026-01-01')).toBe(false);
  for (const position of ['abc', '-1', '1e3', '0x10', '9'.repeat(21)])
    expect(isFixed({ position }, '2026-01-01')).toBe(false);
  expect(isFixed({ knownAt: '2023-07-31T10:00:00+08:00' }, '2026-01-01')).toBe(true);
  expect(isFixed({ position: '18446744073709551615' }, '2026-01-01')).toBe(true);
});

test('a part of an address names a fiscal year, or none', () => {
  expect(readYear('2023')).toBe(2023);
  for (const text of [undefined, '', '23', '2e3', '02023', '2023.5', 'NaN', '20230'])
    expect(readYear(text)).toBeUndefined();
});
