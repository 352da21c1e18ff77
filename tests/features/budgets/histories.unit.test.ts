import fc from 'fast-check';
import { BudgetCommand } from '../../../src/features/budgets/commands';
import { budgetDecider } from '../../../src/features/budgets/decider';
import { BudgetFact, keyOf } from '../../../src/features/budgets/facts';
import { budgetProjection, linesOf } from '../../../src/features/budgets/projection';
import { budgetFold, BudgetRecord } from '../../../src/features/budgets/record';
import {
  BudgetLineView,
  entryCursor,
  TotalsView,
  viewBudget,
  viewEntries,
  viewEntry,
  viewLine,
} from '../../../src/features/budgets/views';
import { StoredEvent } from '../../../src/event-store/envelope';
import { JsonObject } from '../../../src/kernel/json';
import { formatAmount, readYuan } from '../../../src/kernel/money';
import { formatInstant, Instant } from '../../../src/kernel/time';
import { aMetadata } from '../../support/events';
import { runs } from '../../support/property';
import { calendar, day } from '../../support/specification';
import { approval, line } from './history';

/** After any commands in any order, the amounts of a budget add up on both clocks. */

interface Step {
  /** If it names a change, it does so by a number, and `play` chooses a change of the history. */
  readonly asked: BudgetCommand;
  readonly on: Instant;
  readonly reason?: string;
}

/** Only a few days, so that some facts have the same day. Some days lie outside the fiscal year. */
const days = fc.integer({ min: 0, max: 24 }).map((steps) => day('2022-12-30') + steps * 16 * 86_400_000);
const codes = fc.constantFrom('L1', 'L2', 'L3');
const amounts = fc.bigInt(1n, 6_000n);
const restated = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0n) },
  { weight: 3, arbitrary: amounts },
  { weight: 1, arbitrary: fc.bigInt(6_000n, 20_000n) },
);
const budget = { department: fc.constant('D1'), fiscalYear: fc.constant(2023) };
const kind = <Kind extends BudgetCommand['kind']>(name: Kind) => ({ ...budget, kind: fc.constant(name) });
const change = fc.nat().map(String);
const overrun = fc.constantFrom(undefined, false, true);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const approve = (amountsOf: Readonly<Record<string, string>>): BudgetCommand => ({
  kind: 'approve',
  department: 'D1',
  fiscalYear: 2023,
  approval: approval(amountsOf),
});
const newLine = fc
  .constantFrom('L3', 'L4')
  .chain((code) =>
    fc.record({ ...kind('supplement'), line: fc.constant(code), amount: amounts, newLine: fc.constant(line(code)) }),
  );
const transfer = fc
  .record({ ...kind('transfer'), fromLine: codes, toLine: codes, amount: amounts })
  .filter(({ fromLine, toLine }) => fromLine !== toLine);
const correct = fc
  .record({
    ...kind('correct'),
    change,
    line: maybe(codes),
    amount: maybe(restated),
    effectiveAt: maybe(days),
    overrun,
  })
  .filter(({ amount, effectiveAt }) => amount !== undefined || effectiveAt !== undefined);

const commands = fc.oneof<fc.WeightedArbitrary<BudgetCommand>[]>(
  { weight: 10, arbitrary: fc.record({ ...kind('supplement'), line: codes, amount: amounts }) },
  { weight: 5, arbitrary: newLine },
  { weight: 10, arbitrary: fc.record({ ...kind('reduce'), line: codes, amount: amounts }) },
  { weight: 10, arbitrary: transfer },
  { weight: 30, arbitrary: fc.record({ ...kind('spend'), line: codes, amount: amounts, overrun }) },
  { weight: 10, arbitrary: fc.record({ ...kind('refund'), line: codes, amount: amounts }) },
  { weight: 20, arbitrary: fc.record({ ...kind('reverse'), change, amount: maybe(amounts) }) },
  { weight: 30, arbitrary: correct },
  { weight: 1, arbitrary: fc.record(kind('close')) },
);
const steps = fc.array(fc.record({ asked: commands, on: days, reason: maybe(fc.constant('据实入账')) }), {
  maxLength: 50,
});

interface Recorded {
  readonly event: StoredEvent;
  /** The budget after the event. */
  readonly record: BudgetRecord;
}

/** The legal ones of the steps, recorded one after the other after an approval. */
function play(all: readonly Step[]): readonly Recorded[] {
  const history: Recorded[] = [];
  const first: Step = { asked: approve({ L1: '100.00', L2: '50.00' }), on: day('2023-02-10') };
  for (const { asked, on, reason } of [first, ...all]) {
    const before = history.at(-1)?.record;
    const command = 'change' in asked ? { ...asked, change: `event-${Number(asked.change) % history.length}` } : asked;
    const decision = budgetDecider.decide(before, command, {
      effectiveAt: on,
      now: on,
      reason,
      actor: 'u-1',
      calendar,
      exists: () => true,
      recordOf: () => undefined,
    });
    if (!decision.ok) continue;
    for (const { type, data } of decision.value) {
      const number = history.length;
      const event: StoredEvent = {
        id: `event-${number}`,
        type,
        data: JSON.parse(JSON.stringify(data)) as JsonObject,
        metadata: aMetadata({ effectiveAt: formatInstant(on), reason }),
        stream: 'mingjian-budget-D1.2023',
        revision: BigInt(number),
        position: BigInt(100 + 3 * number),
        storedAt: 0,
      };
      history.push({ event, record: budgetFold.evolve(before, event) });
    }
  }
  return history;
}

/** The sums of the facts (opening, adjustment and executed) for one line, or for all. */
function sums(facts: readonly BudgetFact[], code?: string): TotalsView {
  let [opening, adjustment, executed] = [0n, 0n, 0n];
  const legs = facts.flatMap(({ kind: does, line: from, toLine, amount }): [string, string, bigint][] =>
    does === 'TRANSFER'
      ? [
          ['REDUCTION', from, amount],
          ['SUPPLEMENT', toLine!, amount],
        ]
      : [[does, from, amount]],
  );
  for (const [does, touched, amount] of legs) {
    if (code !== undefined && touched !== code) continue;
    if (does === 'OPENING') opening += amount;
    if (does === 'SUPPLEMENT') adjustment += amount;
    if (does === 'REDUCTION') adjustment -= amount;
    if (does === 'EXPENDITURE') executed += amount;
    if (does === 'REVERSAL' || does === 'REFUND') executed -= amount;
  }
  return { opening: formatAmount(opening), adjustment: formatAmount(adjustment), executed: formatAmount(executed) };
}

const remainingOf = ({ opening, adjustment, executed }: TotalsView): bigint =>
  readYuan(opening) + readYuan(adjustment) - readYuan(executed);

const totalsOf = ({ opening, adjustment, executed }: TotalsView): TotalsView => ({ opening, adjustment, executed });
const linesIn = (record: BudgetRecord, effectiveAt?: Instant): BudgetLineView[] =>
  ['L1', 'L2', 'L3', 'L4'].flatMap((code) => viewLine(record, code, effectiveAt) ?? []);
/** All views of the record: as of an effective moment, or on record. */
const viewsOf = (record: BudgetRecord, effectiveAt?: Instant) => ({
  budget: viewBudget(record, effectiveAt),
  lines: linesIn(record, effectiveAt),
  entries: viewEntries(record, effectiveAt).map((fact) => viewEntry(record, fact, effectiveAt)),
});

const last = (history: readonly Recorded[]): BudgetRecord => history.at(-1)!.record;

test('the histories that are tried hold every kind of event, overruns, and lines with less than 0 executed', () => {
  const history = fc.sample(steps, { numRuns: 200, seed: 7 }).flatMap((asked) => play(asked));
  expect(new Set(history.map(({ event }) => event.type)).size).toBe(9);
  const overruns = history.filter(({ event }) => event.data.overrun).map(({ event }) => event.type);
  expect([...new Set(overruns)].sort()).toEqual(['BudgetFactCorrected', 'ExpenditureRecorded']);
  const executed = history.flatMap(({ record }) => linesIn(record).map((view) => readYuan(view.executed)));
  expect(executed.some((amount) => amount < 0n)).toBe(true);
});

test('the amounts on record are the sums of the entries, for the budget and for each line, and the lines add up to the budget', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      const record = last(play(asked));
      const facts = viewEntries(record);
      expect(totalsOf(viewBudget(record))).toEqual(sums(facts));
      for (const view of linesIn(record)) expect(totalsOf(view)).toEqual(sums(facts, view.definition.code));
      for (const part of ['opening', 'adjustment', 'executed'] as const) {
        const together = linesIn(record).reduce((sum, view) => sum + readYuan(view[part]), 0n);
        expect(formatAmount(together)).toBe(viewBudget(record)[part]);
      }
    }),
    runs(300),
  );
});

test('the same is true as of an effective moment for the entries whose date is not later', () => {
  fc.assert(
    fc.property(steps, days, fc.constantFrom(-1, 0), (asked, on, offset) => {
      const record = last(play(asked));
      const moment = on + offset;
      const facts = viewEntries(record).filter(({ effectiveAt }) => effectiveAt <= moment);
      expect(viewEntries(record, moment)).toEqual(facts);
      expect(totalsOf(viewBudget(record, moment))).toEqual(sums(facts));
      for (const view of linesIn(record, moment)) expect(totalsOf(view)).toEqual(sums(facts, view.definition.code));
    }),
    runs(300),
  );
});

test('a moment has the same amounts and entries whichever records were viewed before', () => {
  // More facts than lie between two of the sums that are kept.
  const payments = Array.from({ length: 150 }, (_, index): Step => ({
    asked: { kind: 'spend', department: 'D1', fiscalYear: 2023, line: 'L1', amount: BigInt(1 + index) },
    on: day('2023-01-05') + (index % 70) * 5 * 86_400_000,
  }));
  fc.assert(
    fc.property(steps, days, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (asked, on, picks) => {
      const history = play([...payments, ...asked]);
      for (const pick of picks) {
        const count = 1 + (pick % history.length);
        const { record } = history[count - 1]!;
        const anew = history
          .slice(0, count)
          .reduce<BudgetRecord | undefined>((before, { event }) => budgetFold.evolve(before, event), undefined);
        expect(viewsOf(record, on)).toEqual(viewsOf(anew!, on));
      }
    }),
    runs(20),
  );
});

test('as of the latest effective moment the amounts are those on record, and as of the earliest there are none', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      const record = last(play(asked));
      expect(viewsOf(record, Infinity)).toEqual(viewsOf(record));
      expect(viewsOf(record, -Infinity)).toMatchObject({
        budget: { opening: '0.00', adjustment: '0.00', executed: '0.00', closed: false, goals: [] },
        entries: [],
      });
    }),
    runs(200),
  );
});

test('on record a line has less left than before and less than 0 only by an overrun with a reason, and less than 0 executed only with a reason', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      let before: readonly BudgetLineView[] = [];
      for (const { event, record } of play(asked)) {
        const hasReason = event.metadata.reason !== undefined;
        const lines = linesIn(record);
        for (const [index, after] of lines.entries()) {
          const was = before[index];
          const left = remainingOf(after);
          if (left < 0n && (was === undefined || left < remainingOf(was))) {
            expect({ hasReason, overrun: event.data.overrun }).toEqual({ hasReason: true, overrun: true });
          }
          const executed = readYuan(after.executed);
          if (executed < 0n && executed !== readYuan(was!.executed) && event.type !== 'ExpenditureRecorded') {
            expect(hasReason).toBe(true);
          }
        }
        before = lines;
      }
    }),
    runs(200),
  );
});

test('an entry says overrun only if it was recorded or last restated beyond its line', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      const overrun = new Set<string>();
      for (const { event, record } of play(asked)) {
        const id = (event.data.corrects as string | undefined) ?? event.id;
        if (event.type !== 'BudgetFactCorrected' || event.data.amount !== undefined) {
          const key = typeof event.data.line === 'string' && id === 'event-0' ? `${id}/${event.data.line}` : id;
          if (event.data.overrun) {
            overrun.add(key);
            const { line } = record.facts.get(key)!;
            const lines = linesIn(record).filter(({ definition: { code } }) => code === line);
            expect(record.facts.get(key)!.kind === 'TRANSFER' || remainingOf(lines[0]!) < 0n).toBe(true);
          } else overrun.delete(key);
        }
        const flagged = [...record.facts].filter((fact) => fact.overrun).map(keyOf);
        expect(new Set(flagged)).toEqual(overrun);
      }
    }),
    runs(100),
  );
});

test('entries are ordered by effective date, then position, then their place in the approval, and each has a cursor', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      const facts = viewEntries(last(play(asked)));
      const places = facts.map(({ effectiveAt, position, ordinal }) => [effectiveAt, Number(position), ordinal]);
      expect(places).toEqual(places.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!));
      expect(new Set(facts.map(entryCursor)).size).toBe(facts.length);
    }),
    runs(200),
  );
});

test('an expenditure is never reversed beyond its amount, and has what its reversals leave', () => {
  fc.assert(
    fc.property(steps, days, (asked, on) => {
      const record = last(play(asked));
      for (const moment of [undefined, on]) {
        const facts = viewEntries(record, moment);
        for (const fact of facts) {
          const { reversals, remaining, state } = viewEntry(record, fact, moment);
          const found = facts.filter(({ reverses, amount }) => reverses === fact.changeId && amount > 0n);
          expect(reversals).toEqual(found.map(({ position }) => position).toSorted((a, b) => Number(a - b)));
          if (fact.kind !== 'EXPENDITURE') {
            expect(remaining).toBeUndefined();
            continue;
          }
          expect(remaining).toBe(found.reduce((left, { amount }) => left - amount, fact.amount));
          expect(remaining).toBeGreaterThanOrEqual(0n);
          expect(state === 'REVERSED').toBe(found.length > 0 && remaining === 0n);
          expect(state === 'PARTLY_REVERSED').toBe(found.length > 0 && remaining! > 0n);
        }
      }
    }),
    runs(200),
  );
});

test('every expenditure and refund lies in the fiscal year, as recorded and as corrected', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      for (const { kind: is, effectiveAt, effectiveAtFirstRecorded } of viewEntries(last(play(asked)))) {
        if (is !== 'EXPENDITURE' && is !== 'REFUND') continue;
        expect(calendar.isInYear(effectiveAt, 2023)).toBe(true);
        expect(calendar.isInYear(effectiveAtFirstRecorded, 2023)).toBe(true);
      }
    }),
    runs(200),
  );
});

test('later events never change an earlier record', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (asked, number) => {
      const history = play(asked);
      const place = number % history.length;
      const refolded = history
        .slice(0, place + 1)
        .reduce<BudgetRecord | undefined>((record, { event }) => budgetFold.evolve(record, event), undefined)!;
      expect(viewsOf(history[place]!.record)).toEqual(viewsOf(refolded));

      const next = history[place + 1];
      if (next === undefined) return;
      expect(viewsOf(budgetFold.evolve(history[place]!.record, next.event))).toEqual(viewsOf(next.record));
      expect(viewsOf(budgetFold.evolve(refolded, next.event), day('2023-07-01'))).toEqual(
        viewsOf(next.record, day('2023-07-01')),
      );
    }),
    runs(200),
  );
});

test('the documents that the events write add up to what is on record', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      const history = play(asked);
      const lines = new Map<string, { readonly revision: number; readonly state: unknown }>();
      const members = new Set<string>();
      for (const { event, record } of history) {
        const projected = budgetProjection.project(record, event);
        expect(projected).toMatchObject({ department: 'D1', fiscalYear: 2023, state: viewBudget(record) });
        for (const { key, revision, state } of projected.otherDocuments ?? []) {
          expect(revision).toBe((lines.get(key)?.revision ?? 0) + 1);
          lines.set(key, { revision, state });
        }
        for (const { collection, code } of projected.members ?? []) members.add(`${collection} ${code}`);
      }
      const onRecord = linesIn(last(history));
      expect([...lines.values()].map(({ state }) => state)).toEqual(expect.arrayContaining(onRecord));
      expect(lines.size).toBe(onRecord.length);
      expect([...members].sort()).toEqual(
        [
          'BUDGET D1.2023',
          'FISCAL_YEAR/D1 2023',
          ...onRecord.map(({ definition: { code } }) => `${linesOf('D1.2023')} ${code}`),
        ].sort(),
      );
    }),
    runs(200),
  );
});
