import { KnownAnswers } from '../../../src/graphql/lasting/known-answers';
import { CACHE_BOUNDS } from '../../../src/kernel/limits';
import { Signal } from '../../../src/kernel/telemetry';
import { NotedRead } from '../../../src/reading/on-record/read-note';

const { knownAnswersBytes } = CACHE_BOUNDS;
const SIZE = { fields: 3, bytes: 2 };

const read = (departments: Iterable<string>): NotedRead => ({
  operation: 'asOf',
  moment: { position: 1n },
  departments,
  fields: ['asOf.id'],
  count: 1,
});

let filled: Extract<Signal, { readonly kind: 'cache-filled' }>[];
let answers: KnownAnswers;

beforeEach(() => {
  filled = [];
  answers = new KnownAnswers({
    report: (signal) => {
      if (signal.kind === 'cache-filled') filled.push(signal);
    },
  });
});

function addTwice(key: string, dataText: string, reads: readonly NotedRead[] = []): void {
  for (let time = 0; time < 2; time++) answers.add(key, { dataText, size: SIZE }, reads);
}

test('of an answer that was given once, its reads are known; its text is known when it was given twice', () => {
  const departments = new Set(['D1']);
  answers.add('K', { dataText: '{}', size: SIZE }, [read(departments)]);
  departments.add('D2');
  expect(answers.of('K')).toEqual({ dataText: undefined, size: SIZE, reads: [read(['D1'])] });
  answers.add('K', { dataText: '{}', size: SIZE }, [read(['D1'])]);
  expect(answers.of('K')).toEqual({ dataText: '{}', size: SIZE, reads: [read(['D1'])] });
  expect(answers.of('L')).toBeUndefined();
});

test('a text that would take much of the cache is not kept, and neither is an answer with such a key', () => {
  addTwice('K', 'x'.repeat(knownAnswersBytes / 16), [read(['D1'])]);
  expect(answers.of('K')).toEqual({ dataText: undefined, size: SIZE, reads: [read(['D1'])] });
  const key = 'k'.repeat(knownAnswersBytes / 16);
  addTwice(key, '{}');
  expect(answers.of(key)).toBeUndefined();
});

test.each<[string, (index: number) => Parameters<typeof addTwice>]>([
  ['texts', (index) => [`${index}`, 'x'.repeat(10_000)]],
  ['keys', (index) => [`${'k'.repeat(10_000)}${index}`, '{}']],
  ['reads', (index) => [`${index}`, '{}', [read(['D'.repeat(10_000)])]]],
])('what is kept is bounded if it is full of %s, and what was not asked for longest makes room', (_, entry) => {
  const fitting = Math.floor(knownAnswersBytes / 20_000);
  for (let index = 0; index <= fitting; index++) addTwice(...entry(index));
  for (const { bytes } of filled) expect(bytes).toBeLessThanOrEqual(knownAnswersBytes);
  expect(filled.reduce((all, { evicted }) => all + evicted, 0)).toBeGreaterThan(0);
  expect(answers.of(entry(0)[0])).toBeUndefined();
  expect(answers.of(entry(fitting)[0])).toBeDefined();
});
