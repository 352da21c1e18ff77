import { Map } from 'immutable';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { readYuan } from '../../kernel/money';
import { CorruptLedger } from '../../kernel/outage';
import { Instant, readInstant } from '../../kernel/time';
import { BudgetApproved, BudgetEvent, BudgetFactCorrected, LineDefinition } from './events';
import { FactBook } from './fact-book';
import { BudgetFact, postingsOf, EntryKind, factKey, NOTHING, plus, Totals } from './facts';

/** What is known of a budget. Its totals are those of all facts on record; effective.ts answers for a moment. */
export interface BudgetRecord {
  readonly department: string;
  readonly fiscalYear: number;
  readonly goals: readonly string[];
  readonly approval: { readonly id: string; readonly effectiveAt: Instant; readonly lines: readonly string[] };
  readonly closedAt?: Instant;
  readonly totals: Totals;
  readonly lines: Map<string, LineRecord>;
  readonly facts: FactBook;
  /** The changes that are no facts: corrections and the closing. */
  readonly otherChanges: Map<string, bigint>;
}

export interface LineRecord {
  readonly definition: LineDefinition;
  readonly totals: Totals;
  /** How many changes have touched the line. */
  readonly revision: number;
}

export const budgetFold: Fold<BudgetRecord> = {
  entityType: 'BUDGET',
  evolve(record, stored) {
    const event = stored as unknown as BudgetEvent;
    if (event.type === 'BudgetApproved') return approve(event);
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with an approval`);
    switch (event.type) {
      case 'BudgetSupplemented': {
        const { line, amount, newLine } = event.data;
        const added = newLine === undefined ? record : withLine(record, newLine);
        return withFact(added, fact(event, 'SUPPLEMENT', line, amount));
      }
      case 'BudgetReduced':
        return withFact(record, fact(event, 'REDUCTION', event.data.line, event.data.amount));
      case 'BudgetTransferred': {
        const { fromLine, toLine, amount } = event.data;
        return withFact(record, fact(event, 'TRANSFER', fromLine, amount, { toLine }));
      }
      case 'ExpenditureRecorded': {
        const { line, amount, payee, memo } = event.data;
        return withFact(record, fact(event, 'EXPENDITURE', line, amount, { payee, memo }));
      }
      case 'ExpenditureReversed': {
        const { expenditure, line, amount } = event.data;
        const reversed = factOf(record, expenditure);
        const facts = record.facts.with({ ...reversed, reversedBy: event.id });
        return withFact({ ...record, facts }, fact(event, 'REVERSAL', line, amount));
      }
      case 'BudgetFactCorrected': {
        const before = factOf(record, correctedKey(event.data));
        const restated = restate(before, event.data);
        const corrections = [...before.corrections, event.position];
        return withOtherChange(replaceFact(record, before, { ...restated, corrections }), event);
      }
      case 'BudgetClosed':
        return withOtherChange({ ...record, closedAt: effectiveAtOf(event) }, event);
    }
  },
};

/** The key of the fact that a correction is about. */
export const correctedKey = ({ corrects, line }: BudgetFactCorrected): string =>
  line === undefined ? corrects : factKey(corrects, 'OPENING', line);

/** The fact with the parts that a correction gives; what it leaves out stays. */
export function restate(fact: BudgetFact, { amount, effectiveAt }: BudgetFactCorrected): BudgetFact {
  const restated = amount === undefined ? fact.amount : readYuan(amount);
  return {
    ...fact,
    amount: restated,
    withdrawn: amount === undefined ? fact.withdrawn : restated === 0n,
    effectiveAt: effectiveAt === undefined ? fact.effectiveAt : readInstant(effectiveAt),
  };
}

/** The amounts as if `before` had been recorded as `after` from the start; without `before`, as if `after` were added. */
export function restateAmounts(
  { department, fiscalYear, lines, totals }: BudgetRecord,
  before: BudgetFact | undefined,
  after: BudgetFact,
): Pick<BudgetRecord, 'lines' | 'totals'> {
  const apply = (fact: BudgetFact, sign: 1n | -1n, changes: 0 | 1): void => {
    for (const { line: code, measure, amount } of postingsOf(fact)) {
      const line = lines.get(code);
      if (line === undefined) throw new CorruptLedger(`${department}.${fiscalYear} has no line ${code}`);
      const { definition, revision } = line;
      const after = plus(line.totals, measure, sign * amount);
      lines = lines.set(code, { definition, totals: after, revision: revision + changes });
      totals = plus(totals, measure, sign * amount);
    }
  };
  // A restated fact stays on its lines, so each line is changed once.
  if (before !== undefined) apply(before, -1n, 0);
  apply(after, 1n, 1);
  return { lines, totals };
}

const replaceFact = (record: BudgetRecord, before: BudgetFact | undefined, after: BudgetFact): BudgetRecord => ({
  ...record,
  ...restateAmounts(record, before, after),
  facts: record.facts.with(after),
});

const withFact = (record: BudgetRecord, added: BudgetFact): BudgetRecord => replaceFact(record, undefined, added);

function approve(event: StoredEvent<'BudgetApproved', BudgetApproved>): BudgetRecord {
  const { department, fiscalYear, goals, lines } = event.data;
  const empty: BudgetRecord = {
    department,
    fiscalYear,
    goals,
    approval: { id: event.id, effectiveAt: effectiveAtOf(event), lines: lines.map(({ code }) => code) },
    totals: NOTHING,
    lines: Map(),
    facts: FactBook.empty(),
    otherChanges: Map(),
  };
  return lines.reduce((record, { amount, ...definition }, ordinal) => {
    return withFact(withLine(record, definition), fact(event, 'OPENING', definition.code, amount, { ordinal }));
  }, empty);
}

type Details = Partial<Pick<BudgetFact, 'toLine' | 'payee' | 'memo' | 'ordinal'>>;

function fact(
  { id, position, metadata }: Pick<BudgetEvent, 'id' | 'position' | 'metadata'>,
  kind: EntryKind,
  line: string,
  yuan: string,
  { toLine, payee, memo, ordinal = 0 }: Details = {},
): BudgetFact {
  const amount = readYuan(yuan);
  const effectiveAt = readInstant(metadata.effectiveAt);
  return {
    kind,
    changeId: id,
    line,
    toLine,
    amount,
    amountFirstRecorded: amount,
    withdrawn: false,
    effectiveAt,
    effectiveAtFirstRecorded: effectiveAt,
    position,
    ordinal,
    corrections: [],
    reversedBy: undefined,
    payee,
    memo,
    documentNo: metadata.documentNo,
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

function factOf(record: BudgetRecord, key: string): BudgetFact {
  const found = record.facts.get(key);
  if (found === undefined) throw new CorruptLedger(`${record.department}.${record.fiscalYear} has no fact ${key}`);
  return found;
}
