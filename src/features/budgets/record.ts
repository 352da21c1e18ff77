import { Map } from 'immutable';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { readYuan } from '../../kernel/money';
import { CorruptLedger } from '../../kernel/outage';
import { Instant, readInstant } from '../../kernel/time';
import { CarryOvers, NO_CARRY_OVERS, withCarryOver } from './carry-overs';
import { BudgetApproved, BudgetEvent, budgetEventOf, BudgetFactCorrected, FactEvent, LineDefinition } from './events';
import { FactBook } from './fact-book';
import { BudgetFact, factsOf, keyByLine, keyOf, postingsOf } from './facts';
import { NOTHING, plus, Totals } from './totals';

/** All that is known of a budget. Its totals are those of all facts on record; effective.ts gives those of a moment. */
export interface BudgetRecord {
  readonly department: string;
  readonly fiscalYear: number;
  readonly goals: readonly string[];
  readonly approval: { readonly id: string; readonly effectiveAt: Instant };
  /** The lines of each change that records one fact for a line: the approval, and carry-overs. */
  readonly linesByChange: Map<string, readonly string[]>;
  readonly closedAt?: Instant;
  readonly totals: Totals;
  readonly lines: Map<string, LineRecord>;
  readonly facts: FactBook;
  /** The positions of the changes that record no facts, by id: corrections and the closing. */
  readonly otherChanges: Map<string, bigint>;
  readonly carryOvers: CarryOvers;
}

export interface LineRecord {
  readonly definition: LineDefinition;
  readonly totals: Totals;
  /** How many changes have touched the line. */
  readonly revision: number;
}

export const budgetFold: Fold<BudgetRecord> = {
  entityType: 'BUDGET',
  evolve(before, stored) {
    const event = budgetEventOf(stored);
    const record = event.type === 'BudgetApproved' ? emptyRecord(event) : before;
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with an approval`);
    if (event.type === 'BudgetFactCorrected') return withOtherChange(withCorrection(record, event), event);
    if (event.type === 'BudgetClosed') return withOtherChange({ ...record, closedAt: effectiveAtOf(event) }, event);
    return withFacts(record, event);
  },
  branch: (record) => ({ ...record, facts: record.facts.branch() }),
};

/** The key of the fact that a correction restates. */
export const correctedKey = ({ corrects, line }: BudgetFactCorrected): string =>
  line === undefined ? corrects : keyByLine(corrects, line);

/** The fact with the parts that a correction gives. What it leaves out stays as it is. */
export function restate(fact: BudgetFact, { amount, effectiveAt, overrun }: BudgetFactCorrected): BudgetFact {
  const restated = amount === undefined ? fact.amount : readYuan(amount);
  return {
    ...fact,
    amount: restated,
    withdrawn: amount === undefined ? fact.withdrawn : restated === 0n,
    overrun: amount === undefined ? fact.overrun : overrun === true,
    effectiveAt: effectiveAt === undefined ? fact.effectiveAt : readInstant(effectiveAt),
  };
}

/** The fact with this key. Throws if the record has none: then an event names what was never recorded. */
export function factOf(record: BudgetRecord, key: string): BudgetFact {
  const found = record.facts.get(key);
  if (found === undefined) throw new CorruptLedger(`${record.department}.${record.fiscalYear} has no fact ${key}`);
  return found;
}

/** The fact of a change that records exactly one. A caller may send the key of an opening, which is not the id of a change. */
export function factOfChange(record: BudgetRecord, change: string): BudgetFact | undefined {
  const fact = record.facts.get(change);
  return fact?.changeId === change ? fact : undefined;
}

/** The line with this code. Throws if the record has none. */
export function lineOf(record: Pick<BudgetRecord, 'department' | 'fiscalYear' | 'lines'>, code: string): LineRecord {
  const found = record.lines.get(code);
  if (found === undefined) throw new CorruptLedger(`${record.department}.${record.fiscalYear} has no line ${code}`);
  return found;
}

/** The amounts with `after` in place of `before`, or added to the others if there is no `before`. */
export function restateAmounts(
  { department, fiscalYear, lines, totals }: BudgetRecord,
  before: BudgetFact | undefined,
  after: BudgetFact,
): Pick<BudgetRecord, 'lines' | 'totals'> {
  const apply = (fact: BudgetFact, sign: 1n | -1n, changes: 0 | 1): void => {
    for (const { line: code, measure, amount } of postingsOf(fact)) {
      const line = lineOf({ department, fiscalYear, lines }, code);
      const after = plus(line.totals, measure, sign * amount);
      lines = lines.set(code, { definition: line.definition, totals: after, revision: line.revision + changes });
      totals = plus(totals, measure, sign * amount);
    }
  };
  // A restated fact stays on its lines, so each line counts one change.
  if (before !== undefined) apply(before, -1n, 0);
  apply(after, 1n, 1);
  return { lines, totals };
}

const replaceFact = (record: BudgetRecord, before: BudgetFact | undefined, after: BudgetFact): BudgetRecord => ({
  ...record,
  ...restateAmounts(record, before, after),
  facts: before === undefined ? record.facts.with(after) : record.facts.withRestated(after),
});

function withFacts(before: BudgetRecord, event: FactEvent): BudgetRecord {
  const facts = factsOf(event);
  const record = facts.reduce(withFact, before);
  return {
    ...record,
    linesByChange: facts.some((fact) => keyOf(fact) !== event.id)
      ? record.linesByChange.set(
          event.id,
          facts.map(({ line }) => line),
        )
      : record.linesByChange,
    carryOvers: withCarryOver(record.carryOvers, event, undefined),
  };
}

function withFact(before: BudgetRecord, added: BudgetFact): BudgetRecord {
  const { newLine, reverses, changeId } = added;
  // A carry-in is recorded whatever has become of the budget: somebody else may have added the line.
  const record = newLine === undefined || before.lines.has(newLine.code) ? before : withLine(before, newLine);
  if (reverses === undefined) return replaceFact(record, undefined, added);
  const expenditure = factOf(record, reverses);
  const facts = record.facts.withRestated({ ...expenditure, reversals: [...expenditure.reversals, changeId] });
  return replaceFact({ ...record, facts }, undefined, added);
}

function withCorrection(
  record: BudgetRecord,
  event: StoredEvent<'BudgetFactCorrected', BudgetFactCorrected>,
): BudgetRecord {
  const { data, position } = event;
  const before = factOf(record, correctedKey(data));
  const after = { ...restate(before, data), corrections: [...before.corrections, position] };
  return { ...replaceFact(record, before, after), carryOvers: withCarryOver(record.carryOvers, event, before) };
}

function emptyRecord(event: StoredEvent<'BudgetApproved', BudgetApproved>): BudgetRecord {
  const { department, fiscalYear, goals } = event.data;
  return {
    department,
    fiscalYear,
    goals,
    approval: { id: event.id, effectiveAt: effectiveAtOf(event) },
    linesByChange: Map<string, readonly string[]>(),
    totals: NOTHING,
    lines: Map<string, LineRecord>(),
    facts: FactBook.empty(),
    otherChanges: Map<string, bigint>(),
    carryOvers: NO_CARRY_OVERS,
  };
}

const withLine = (record: BudgetRecord, definition: LineDefinition): BudgetRecord => ({
  ...record,
  lines: record.lines.set(definition.code, { definition, totals: NOTHING, revision: 0 }),
});

const withOtherChange = (record: BudgetRecord, event: BudgetEvent): BudgetRecord => ({
  ...record,
  otherChanges: record.otherChanges.set(event.id, event.position),
});
