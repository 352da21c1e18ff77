import { Fen } from '../../kernel/money';
import { Instant } from '../../kernel/time';
import { BudgetFact, postingsOf } from './facts';
import { BudgetRecord } from './record';
import { viewEntries } from './views';

/** One step on the way from the opening budget to the revised one. */
export interface BridgeStep {
  readonly fact: BudgetFact;
  /** What it adds to the budget as a whole; 0 for a transfer, and for a fact that was withdrawn. */
  readonly amount: Fen;
  readonly revisedAfter: Fen;
  /** What it does to each line that it touches. */
  readonly legs: readonly { readonly line: string; readonly amount: Fen }[];
}

/**
 * The steps from opening to revised, of the facts in force, by effective date, then position: the opening and the amounts up
 * to any step are what was revised after it, exactly.
 */
export function bridgeOf(record: BudgetRecord, effectiveAt?: Instant): readonly BridgeStep[] {
  const facts = viewEntries(record, effectiveAt);
  let revised = sum(facts.filter(({ kind }) => kind === 'OPENING').map(({ amount }) => amount));
  return facts.flatMap((fact) => {
    const legs = postingsOf(fact).filter(({ measure }) => measure === 'adjustment');
    if (legs.length === 0) return [];
    const amount = sum(legs.map((leg) => leg.amount));
    revised += amount;
    return [{ fact, amount, revisedAfter: revised, legs: legs.map((leg) => ({ line: leg.line, amount: leg.amount })) }];
  });
}

const sum = (amounts: readonly Fen[]): Fen => amounts.reduce((total, amount) => total + amount, 0n);
