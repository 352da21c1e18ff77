import { DayTotals } from '../../src/command-handling/four-eyes/day-totals';
import { FourEyes } from '../../src/command-handling/four-eyes/four-eyes';
import { FourEyesRule, Movement } from '../../src/command-handling/four-eyes/rules';
import { NewEvent } from '../../src/event-store/envelope';
import { JsonObject } from '../../src/kernel/json';
import { LedgerCalendar, readInstant } from '../../src/kernel/time';
import { aMetadata, anEvent } from '../support/events';

/** Which commands need a second person, apart from any entity: an event says itself what it moves. */

const calendar = new LedgerCalendar('Asia/Shanghai');
const NOW = '2023-06-30T04:00:00.000Z';
const NEXT_DAY = '2023-07-01T04:00:00.000Z';

const decider = {
  evolve: () => undefined,
  movementsOf: (_before: unknown, { data }: Pick<NewEvent, 'data'>) => (data.moves ?? []) as unknown as Movement[],
  isClosed: (record: unknown) => record === 'closed',
};

const spending = (amount: bigint, more: Partial<Movement> = {}): Movement => ({
  as: 'spend',
  by: ['spend', 'spendMany'],
  lines: ['A'],
  amount,
  raises: true,
  ...more,
});
const moving = (moves: readonly Movement[], sub = 'u-1') =>
  anEvent({ data: { moves } as unknown as JsonObject, metadata: aMetadata({ actor: { sub } }) });

interface Asked {
  readonly action?: string;
  readonly moves?: readonly Movement[];
  readonly actor?: string;
  readonly record?: string;
  readonly now?: string;
  /** What was recorded before. */
  readonly earlier?: readonly (readonly [Movement, string?, string?])[];
}

function needs(
  rule: Partial<FourEyesRule> | undefined,
  { action = 'spend', moves = [spending(1n)], actor = 'u-1', record = 'open', now = NOW, earlier = [] }: Asked,
): boolean {
  const rules = rule === undefined ? [] : [{ action: 'spend', closedOnly: false, ...rule }];
  const fourEyes = new FourEyes(rules, calendar);
  let totals: DayTotals | undefined;
  for (const [index, [movement, sub, at = NOW]] of earlier.entries()) {
    const stored = { stream: 's', revision: BigInt(index), position: BigInt(index), storedAt: readInstant(at) };
    totals = fourEyes.totalsAfter(totals, decider, record, { ...moving([movement], sub), ...stored });
  }
  const events = [moving(moves, actor)];
  return fourEyes.needsSecondPerson({ action, actor, decider, record, events, totals, now: readInstant(now) });
}

const FROM_50 = { threshold: 50n };

test.each<[string, Partial<FourEyesRule> | undefined, Asked, boolean]>([
  ['no rule', undefined, {}, false],
  ['a rule for the action', {}, {}, true],
  ['a rule for the action, which moves nothing', {}, { moves: [] }, true],
  ['a rule for another action', {}, { action: 'reduce', moves: [] }, false],
  ['several facts at once of the kind that is named', {}, { action: 'spendMany' }, true],
  ['a correction that makes such a fact larger', {}, { action: 'correct' }, true],
  ['one that makes it smaller', {}, { action: 'correct', moves: [spending(1n, { raises: false })] }, false],
  ['one of a fact of another kind', {}, { action: 'correct', moves: [spending(1n, { as: 'reduce' })] }, false],
  ['a rule for a closed entity, which is open', { closedOnly: true }, {}, false],
  ['a rule for a closed entity, which is closed', { closedOnly: true }, { record: 'closed' }, true],
  ['less than the threshold', FROM_50, { moves: [spending(49n)] }, false],
  ['as much as the threshold', FROM_50, { moves: [spending(50n)] }, true],
  ['as much in two facts', FROM_50, { moves: [spending(25n), spending(25n, { lines: ['B'] })] }, true],
])('%s', (_what, rule, asked, expected) => {
  expect(needs(rule, asked)).toBe(expected);
});

describe('what the person has moved before', () => {
  test.each<[string, Asked, boolean]>([
    ['that day on that line adds up', { earlier: [[spending(25n)]] }, true],
    ['in several facts adds up', { earlier: [[spending(10n)], [spending(15n)]] }, true],
    ['on another line does not', { earlier: [[spending(25n, { lines: ['B'] })]] }, false],
    ['by another person does not', { earlier: [[spending(25n), 'u-2']] }, false],
    ['on the day before does not', { earlier: [[spending(25n)]], now: NEXT_DAY }, false],
    [
      'on the day before does not, if more was moved that day',
      { earlier: [[spending(24n)], [spending(1n), 'u-1', NEXT_DAY]], now: NEXT_DAY },
      false,
    ],
    [
      'that day adds up, after facts of the day before',
      { earlier: [[spending(1n)], [spending(25n), 'u-1', NEXT_DAY]], now: NEXT_DAY },
      true,
    ],
    ['still counts if the clock of the store steps back', { earlier: [[spending(25n), 'u-1', NEXT_DAY]] }, true],
    [
      'counts for the later day if the clock of the store stepped back',
      { earlier: [[spending(10n), 'u-1', NEXT_DAY], [spending(15n)]], now: NEXT_DAY },
      true,
    ],
    ['with several facts at once adds up', { earlier: [[spending(25n, { as: 'other' })]] }, true],
    ['by another action does not', { earlier: [[spending(25n, { as: 'reduce', by: ['reduce'] })]] }, false],
    ['by a correction that made a fact larger adds up', { earlier: [[spending(25n, { by: ['correct'] })]] }, true],
    [
      'by a correction that made one smaller does not',
      { earlier: [[spending(25n, { by: ['correct'], raises: false })]] },
      false,
    ],
  ])('%s', (_what, asked, expected) => {
    expect(needs(FROM_50, { moves: [spending(25n)], ...asked })).toBe(expected);
  });

  test('on the one of two lines with more counts for a movement between them, and once', () => {
    const between = (amount: bigint, lines = ['A', 'B']) => spending(amount, { lines });
    const earlier = [[spending(10n)], [spending(20n, { lines: ['B'] })]] as const;
    expect(needs(FROM_50, { moves: [between(29n)], earlier })).toBe(false);
    for (const lines of [
      ['A', 'B'],
      ['B', 'A'],
    ]) {
      expect(needs(FROM_50, { moves: [between(30n, lines)], earlier })).toBe(true);
    }
    expect(needs(FROM_50, { moves: [between(15n), between(14n)], earlier })).toBe(false);
    expect(needs(FROM_50, { moves: [between(15n), between(15n)], earlier })).toBe(true);
  });
});

test('an entity of which nothing moves an amount adds nothing up', () => {
  const fourEyes = new FourEyes([{ action: 'spend', closedOnly: false, threshold: 1n }], calendar);
  const unmoved = { evolve: () => undefined };
  const [event, now] = [moving([spending(1n)]), readInstant(NOW)];
  const stored = { ...event, stream: 's', revision: 0n, position: 1n, storedAt: now };
  const totals = fourEyes.totalsAfter(undefined, unmoved, undefined, stored);
  expect(totals).toBeUndefined();
  const command = { action: 'reduce', actor: 'u-1', record: undefined, events: [event], totals, now };
  expect(fourEyes.needsSecondPerson({ ...command, decider: unmoved })).toBe(false);
});
