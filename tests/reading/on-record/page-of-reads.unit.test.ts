import { DepartmentScope } from '../../../src/auth/department-scope';
import { Refused } from '../../../src/kernel/refusal';
import { LedgerCalendar, readInstant } from '../../../src/kernel/time';
import { ReadEntry } from '../../../src/reads/merged-reads';
import { cursorOf } from '../../../src/reads/read-cursor';
import { ReadFilter } from '../../../src/reads/read-filter';
import { pageOfReads, ReadsServices } from '../../../src/reading/on-record/page-of-reads';

const NOW = readInstant('2023-06-30T04:00:00.000Z');

const entry = (position: bigint, ...departments: readonly string[]): ReadEntry => ({
  place: { day: '2023-06-30', position, index: 0 },
  sub: 'u-1',
  operation: 'asOf',
  departments,
  fields: [],
  count: 1,
  firstAt: NOW,
  lastAt: NOW,
  moments: [],
});

/** From the newest to the oldest. */
const ENTRIES = [
  entry(6n, 'D1'),
  entry(5n, 'D2'),
  entry(4n, 'D1', 'D2'),
  entry(3n, '*'),
  entry(2n, 'D2'),
  entry(1n, 'D1'),
];

let days: (readonly (string | undefined)[])[];
beforeEach(() => {
  days = [];
});

const SERVICES: ReadsServices = {
  calendar: new LedgerCalendar('Asia/Shanghai'),
  now: () => NOW,
  readHistory: {
    // oxlint-disable-next-line typescript/require-await -- it stands for one that reads a log
    async *entries(newest, oldest) {
      days.push([newest, oldest]);
      yield* ENTRIES;
    },
  },
};

async function page(
  scope: readonly string[],
  size: number,
  { after, ...filter }: ReadFilter & { after?: string } = {},
) {
  const reader = { readDepartments: DepartmentScope.of(scope) };
  const { edges, ...ends } = await pageOfReads(SERVICES, reader, filter, { size, backward: false, after });
  return { shown: edges.map(({ node }) => [Number(node.place.position), node.departments.join()]), ...ends };
}

test('a reader of all sees every read, and what it touched', async () => {
  const { shown, hasNext } = await page(['*'], 10);
  expect(shown).toEqual(ENTRIES.map(({ place, departments }) => [Number(place.position), departments.join()]));
  expect(hasNext).toBe(false);
});

test('others see the reads that touched their departments, and nothing of other departments', async () => {
  expect((await page(['D1'], 10)).shown).toEqual([
    [6, 'D1'],
    [4, 'D1'],
    [3, 'D1'],
    [1, 'D1'],
  ]);
  expect((await page(['D3'], 10)).shown).toEqual([[3, 'D3']]);
  expect((await page([], 10)).shown).toEqual([]);
});

test('a filter finds nothing by a department that the reader may not read', async () => {
  expect((await page(['D1'], 10, { departments: ['D2'] })).shown).toEqual([]);
  expect((await page(['D2'], 10, { departments: ['D2'] })).shown).toHaveLength(4);
});

test('pages count what the reader sees', async () => {
  const first = await page(['D1'], 2);
  expect(first).toMatchObject({
    shown: [
      [6, 'D1'],
      [4, 'D1'],
    ],
    hasPrevious: false,
    hasNext: true,
  });
  const after = cursorOf(ENTRIES[2]!.place);
  expect(await page(['D1'], 2, { after })).toMatchObject({
    shown: [
      [3, 'D1'],
      [1, 'D1'],
    ],
    hasPrevious: true,
    hasNext: false,
  });
});

test('the days that are looked at end at the filter, at the cursor or today', async () => {
  const [from, to] = [readInstant('2023-06-01T16:00:00.000Z'), readInstant('2023-06-10T15:59:59.999Z')];
  await page(['*'], 1);
  await page(['*'], 1, { from, to });
  await page(['*'], 1, { to: NOW + 86_400_000 });
  await page(['*'], 1, { to, after: cursorOf({ day: '2023-06-05', position: 1n, index: 0 }) });
  expect(days).toEqual([
    ['2023-06-30', undefined],
    ['2023-06-10', '2023-06-02'],
    ['2023-06-30', undefined],
    ['2023-06-05', undefined],
  ]);
});

test('a cursor of another list is refused', async () => {
  await expect(page(['*'], 1, { after: 'x' })).rejects.toThrow(Refused);
});

test('without a record of reads there are none', async () => {
  const services = { ...SERVICES, readHistory: undefined };
  const { edges } = await pageOfReads(
    services,
    { readDepartments: DepartmentScope.ALL },
    {},
    { size: 1, backward: false },
  );
  expect(edges).toEqual([]);
});
