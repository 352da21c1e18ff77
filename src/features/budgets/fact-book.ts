import { Map } from 'immutable';
import { GrowingList } from '../../kernel/growing-list';
import { BudgetFact, factKey } from './facts';

/**
 * The facts of a budget in order of recording, each as it was last restated. Facts are added ten thousands of times, and
 * restated seldom: additions share one list, and the restated ones lie over it.
 */
export class FactBook implements Iterable<BudgetFact> {
  private constructor(
    private readonly recorded: GrowingList<BudgetFact>,
    private readonly restated: Map<string, BudgetFact>,
  ) {}

  static readonly empty = (): FactBook => new FactBook(GrowingList.empty(), Map());

  /** The book with the fact added, or put in the place of what it restates. */
  with(fact: BudgetFact): FactBook {
    const key = factKey(fact.changeId, fact.kind, fact.line);
    return this.recorded.get(key) === undefined
      ? new FactBook(this.recorded.with(key, fact), this.restated)
      : new FactBook(this.recorded, this.restated.set(key, fact));
  }

  get(key: string): BudgetFact | undefined {
    return this.restated.get(key) ?? this.recorded.get(key);
  }

  *[Symbol.iterator](): Iterator<BudgetFact> {
    for (const fact of this.recorded) {
      yield this.restated.get(factKey(fact.changeId, fact.kind, fact.line)) ?? fact;
    }
  }
}
