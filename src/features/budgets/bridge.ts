import { Fen } from '../../kernel/money';
import { Instant } from '../../kernel/time';
import { BudgetFact, EntryKind, postingsOf } from './facts';
import { BudgetRecord } from './record';
import { Totals } from './totals';
import { viewEntries } from './views';

/** One step on the way from the opening budget to the revised one. */
export interface BridgeStep {
  readonly fact: BudgetFact;
  /** What it adds to the budget as a whole: 0 if it is a transfer or a withdrawn fact. */
  readonly amount: Fen;
  readonly revisedAfter: Fen;
  readonly legs: readonly BridgeLeg[];
}

/** What a step adds to one of the lines that it touches. */
export interface BridgeLeg {
  readonly line: string;
  readonly amount: Fen;
}

/**
 * The steps from opening to revised: the facts in force, by effective date, then position. The opening amount plus the amounts
 * up to any step is exactly the revised amount after that step.
 */
export function bridgeOf(record: BudgetRecord, effectiveAt?: Instant): readonly BridgeStep[] {
  const facts = viewEntries(record, effectiveAt).filter(({ kind }) => !OF_EXECUTION.has(kind));
  let revised = sum(facts.flatMap((fact) => legsOf(fact, 'opening')));
  return facts.flatMap((fact) => {
    const legs = legsOf(fact, 'adjustment');
    if (legs.length === 0) return [];
    const amount = sum(legs);
    revised += amount;
    return [{ fact, amount, revisedAfter: revised, legs }];
  });
}

/** Most facts of a year are of these kinds. They move no budget. */
const OF_EXECUTION: ReadonlySet<EntryKind> = new Set(['EXPENDITURE', 'REVERSAL', 'REFUND']);

const legsOf = (fact: BudgetFact, wanted: keyof Totals): readonly BridgeLeg[] =>
  postingsOf(fact).flatMap(({ line, measure, amount }) => (measure === wanted ? [{ line, amount }] : []));

const sum = (legs: readonly BridgeLeg[]): Fen => legs.reduce((total, { amount }) => total + amount, 0n);
