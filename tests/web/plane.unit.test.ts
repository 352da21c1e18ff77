import fc from 'fast-check';
import { axesOf, Axes, cellAt, cellsOf, DatedChange, momentIn, rectanglesOf } from '../../web/src/views/clocks/plane';
import { windowOf } from '../../web/src/views/clocks/window';
import { runs } from '../support/property';

/** A ledger of one figure: every change adds an amount, or restates an earlier one. */
interface Change extends DatedChange {
  readonly data: { readonly corrects?: number; readonly amount: number; readonly effectiveAt?: string };
}

const DAY = 86_400_000;
const instantOf = (hours: number): string => new Date(Date.UTC(2023, 0, 1) + (hours * DAY) / 24).toISOString();

const changes = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      hours: fc.integer({ min: 0, max: 60 }),
      amount: fc.integer({ min: -2, max: 2 }),
      corrects: fc.option(fc.nat(), { nil: undefined }),
      movesTo: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    let position = 10;
    const facts: number[] = [];
    return drawn.map(({ gap, hours, amount, corrects, movesTo }, index): Change => {
      position += gap;
      const said = { position: String(position), recordedAt: instantOf(index), effectiveAt: instantOf(hours) };
      if (corrects === undefined || facts.length === 0) {
        facts.push(position);
        return { ...said, data: { amount } };
      }
      const effectiveAt = movesTo === undefined ? undefined : instantOf(movesTo);
      return { ...said, data: { corrects: facts[corrects % facts.length], amount, effectiveAt } };
    });
  });

/** What the ledger answers at a moment on both clocks. */
function answer(all: readonly Change[], position: bigint, effectiveAt?: string): string {
  const facts = new Map<number, { readonly amount: number; readonly at: number }>();
  for (const { position: own, effectiveAt: date, data } of all) {
    if (BigInt(own) > position) continue;
    const key = data.corrects ?? Number(own);
    const at = data.effectiveAt ?? (data.corrects === undefined ? date : undefined);
    facts.set(key, { amount: data.amount, at: at === undefined ? (facts.get(key)?.at ?? 0) : Date.parse(at) });
  }
  const until = effectiveAt === undefined ? Infinity : Date.parse(effectiveAt);
  return String([...facts.values()].filter(({ at }) => at <= until).reduce((sum, { amount }) => sum + amount, 0));
}

const valuesOf = (axes: Axes, all: readonly Change[]): string[][] =>
  axes.known.map((_, column) =>
    Array.from({ length: axes.effective.length + 1 }, (_row, row) => {
      const { position, effectiveAt } = momentIn(axes, { column, row });
      return answer(all, BigInt(position), effectiveAt);
    }),
  );

describe('the two-clock map of a figure', () => {
  test('every moment lies in exactly one rectangle, whose value is what the ledger answers at that moment', () => {
    fc.assert(
      fc.property(
        changes,
        fc.array(
          fc.tuple(fc.integer({ min: 9, max: 40 }), fc.option(fc.integer({ min: -5, max: 66 }), { nil: undefined })),
          {
            minLength: 5,
            maxLength: 20,
          },
        ),
        (all, moments) => {
          const axes = axesOf(all);
          const rectangles = rectanglesOf(valuesOf(axes, all));
          for (const [position, hours] of moments) {
            const effectiveAt = hours === undefined ? undefined : instantOf(hours);
            const cell = cellAt(axes, BigInt(position), effectiveAt);
            if (cell === undefined) {
              expect(BigInt(position) < BigInt(all[0]!.position)).toBe(true);
              continue;
            }
            const around = rectangles.filter(
              ({ column, columnEnd, row, rowEnd }) =>
                column <= cell.column && cell.column < columnEnd && row <= cell.row && cell.row < rowEnd,
            );
            expect(around.map(({ value }) => value)).toEqual([answer(all, BigInt(position), effectiveAt)]);
          }
        },
      ),
      runs(200),
    );
  });

  test('the rectangles cover every cell once', () => {
    const values = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([columns, rows]) =>
      fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: rows, maxLength: rows }), {
        minLength: columns,
        maxLength: columns,
      }),
    );
    fc.assert(
      fc.property(values, (plane) => {
        const seen = plane.map((rows) => rows.map(() => 0));
        for (const { column, columnEnd, row, rowEnd, value } of rectanglesOf(plane))
          for (let c = column; c < columnEnd; c++)
            for (let r = row; r < rowEnd; r++) {
              seen[c]![r]!++;
              expect(plane[c]![r]).toBe(value);
            }
        expect(seen.flat().every((times) => times === 1)).toBe(true);
      }),
      runs(100),
    );
  });

  test('a figure that changed on both clocks: an amount of 28 June that was recorded on 5 July, and corrected', () => {
    const change = (position: number, effectiveAt: string, data: Change['data']): Change => ({
      position: String(position),
      recordedAt: effectiveAt,
      effectiveAt,
      data,
    });
    const all = [
      change(1, '2023-02-10T00:00:00Z', { amount: 10 }),
      change(5, '2023-06-28T00:00:00Z', { amount: 5 }),
      change(9, '2023-07-20T00:00:00Z', { corrects: 5, amount: 3, effectiveAt: '2023-06-20T00:00:00Z' }),
    ];
    const axes = axesOf(all);
    expect(axes.effective.map((instant) => instant.slice(5, 10))).toEqual(['02-10', '06-20', '06-28', '07-20']);
    expect(rectanglesOf(valuesOf(axes, all))).toEqual([
      { column: 0, row: 0, columnEnd: 3, rowEnd: 1, value: '0' },
      { column: 0, row: 1, columnEnd: 1, rowEnd: 5, value: '10' },
      { column: 1, row: 1, columnEnd: 2, rowEnd: 3, value: '10' },
      { column: 1, row: 3, columnEnd: 2, rowEnd: 5, value: '15' },
      { column: 2, row: 1, columnEnd: 3, rowEnd: 2, value: '10' },
      { column: 2, row: 2, columnEnd: 3, rowEnd: 5, value: '13' },
    ]);
    expect(cellsOf(axes)).toHaveLength(15);
  });

  test('a window has the last changes and dates, and says how many came before', () => {
    const all = Array.from({ length: 30 }, (_, index): Change => ({
      position: String(index + 1),
      recordedAt: instantOf(index),
      effectiveAt: instantOf(index),
      data: { amount: 1 },
    }));
    const axes = axesOf(all);
    const last = windowOf(axes, { skippedChanges: 0, skippedDates: 0 });
    expect([last.earlierChanges, last.earlierDates]).toEqual([6, 6]);
    const { position, effectiveAt } = momentIn(last.axes, { column: 0, row: 0 });
    expect([position, effectiveAt]).toEqual(['7', new Date(Date.parse(instantOf(6)) - 1).toISOString()]);
    const first = windowOf(axes, { skippedChanges: 24, skippedDates: 24 });
    expect([first.axes.known.length, first.axes.effective.length, first.earlierChanges]).toEqual([6, 6, 0]);
  });
});
