import { compareDated } from '../../kernel/effective-order';
import { firstIndex } from '../../kernel/search';
import { Instant } from '../../kernel/time';
import { BudgetFact, postingsOf } from './facts';
import { NOTHING, plus, Totals } from './totals';

/** Sums are kept at every 64th fact: sums at every fact would take more memory than the facts. */
const INTERVAL = 64;
const FACTS_PER_STEP = 250;

/** By effective date, then position, then place within the change. */
export const compareFacts = (a: BudgetFact, b: BudgetFact): number => compareDated(a, b) || a.ordinal - b.ordinal;

/** Facts in effective order, with sums: those up to any moment take one binary search and a few additions. */
export class RunningTotals {
  /** Before the facts 0, 64, 128 … */
  private sums: Totals[] = [];
  private total = NOTHING;
  private dated: BudgetFact[] = [];

  /** Only what the facts add to this line; left out: to all lines. */
  constructor(private readonly line?: string) {}

  get facts(): readonly BudgetFact[] {
    return this.dated;
  }

  /** The facts that are effective at a moment. */
  countUpTo(effectiveAt: Instant): number {
    return firstIndex(this.dated.length, (index) => this.fact(index).effectiveAt > effectiveAt);
  }

  upTo(effectiveAt: Instant): Totals {
    return this.ofFirst(this.countUpTo(effectiveAt));
  }

  /**
   * The same with other facts, `added` in effective order. Copies what is before the first of them and adds up only what comes after.
   * Pauses at each `yield`.
   */
  *revised(removed: readonly BudgetFact[], added: readonly BudgetFact[]): Generator<void, RunningTotals, void> {
    const first = [...removed, ...added.slice(0, 1)].reduce(
      (least, fact) => Math.min(least, this.placeOf(fact)),
      Infinity,
    );
    const kept = Math.min(first, this.dated.length);
    const revised = this.ofPrefix(kept);
    const without = new Set(removed);
    let next = 0;
    for (let index = kept; index < this.dated.length; index++) {
      if (index % FACTS_PER_STEP === 0) yield;
      const fact = this.fact(index);
      if (without.has(fact)) continue;
      for (; next < added.length && compareFacts(added[next] as BudgetFact, fact) < 0; next++) {
        revised.push(added[next] as BudgetFact);
      }
      revised.push(fact);
    }
    for (; next < added.length; next++) {
      if (next % FACTS_PER_STEP === 0) yield;
      revised.push(added[next] as BudgetFact);
    }
    return revised;
  }

  private push(fact: BudgetFact): void {
    if (this.dated.length % INTERVAL === 0) this.sums.push(this.total);
    this.dated.push(fact);
    this.total = this.with(this.total, fact);
  }

  private ofFirst(count: number): Totals {
    if (count === this.dated.length) return this.total;
    const start = count - (count % INTERVAL);
    let totals = this.sums[start / INTERVAL] as Totals;
    for (let index = start; index < count; index++) totals = this.with(totals, this.fact(index));
    return totals;
  }

  private ofPrefix(count: number): RunningTotals {
    const prefix = new RunningTotals(this.line);
    prefix.dated = this.dated.slice(0, count);
    prefix.sums = this.sums.slice(0, Math.ceil(count / INTERVAL));
    prefix.total = this.ofFirst(count);
    return prefix;
  }

  private placeOf(fact: BudgetFact): number {
    return firstIndex(this.dated.length, (index) => compareFacts(this.fact(index), fact) >= 0);
  }

  private with(totals: Totals, fact: BudgetFact): Totals {
    let sum = totals;
    for (const { line, measure, amount } of postingsOf(fact)) {
      if (this.line === undefined || this.line === line) sum = plus(sum, measure, amount);
    }
    return sum;
  }

  private fact(index: number): BudgetFact {
    return this.dated[index] as BudgetFact;
  }
}
