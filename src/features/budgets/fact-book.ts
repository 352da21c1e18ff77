import { Map } from 'immutable';
import { GrowingList } from '../../kernel/growing-list';
import { BudgetFact, keyOf } from './facts';

/**
 * The facts of a budget in order of recording, each as it was last restated. A budget gets tens of thousands of facts, and only
 * a few are restated: all versions share one list of the facts as recorded, and the restated ones replace them on reading.
 */
export class FactBook implements Iterable<BudgetFact> {
  private constructor(
    private readonly recorded: GrowingList<BudgetFact>,
    private readonly restated: Map<string, BudgetFact>,
  ) {}

  static readonly empty = (): FactBook => new FactBook(GrowingList.empty(), Map());

  /** Adds the fact, or replaces the fact of the same key. */
  with(fact: BudgetFact): FactBook {
    const key = keyOf(fact);
    return this.recorded.get(key) === undefined
      ? new FactBook(this.recorded.with(key, fact), this.restated)
      : new FactBook(this.recorded, this.restated.set(key, fact));
  }

  get(key: string): BudgetFact | undefined {
    return this.restated.get(key) ?? this.recorded.get(key);
  }

  *[Symbol.iterator](): Iterator<BudgetFact> {
    for (const fact of this.recorded) yield this.restated.get(keyOf(fact)) ?? fact;
  }
}
