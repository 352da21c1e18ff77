import { Map } from 'immutable';
import { GrowingList } from '../../kernel/growing-list';
import { BudgetFact, keyOf } from './facts';

/** How two versions of a fact book differ: a fact that was restated is in both. */
export interface FactChanges {
  readonly removed: readonly BudgetFact[];
  readonly added: readonly BudgetFact[];
}

/**
 * The facts of a budget in order of recording, each as it was last restated. A budget gets tens of thousands of facts, and only
 * a few are restated: all versions share one list of the facts as recorded, and the restated ones replace them on reading.
 */
export class FactBook implements Iterable<BudgetFact> {
  private constructor(
    private readonly recorded: GrowingList<BudgetFact>,
    private readonly restated: Map<string, BudgetFact>,
  ) {}

  static readonly empty = (): FactBook => new FactBook(GrowingList.empty(keyOf), Map<string, BudgetFact>());

  /** Adds a fact, whose key no other has. */
  with(fact: BudgetFact): FactBook {
    return new FactBook(this.recorded.with(fact), this.restated);
  }

  /** The same facts. What is added to it is not in the way of what is added to this version. */
  branch(): FactBook {
    return new FactBook(this.recorded.branch(), this.restated);
  }

  /** Replaces the fact of the same key. */
  withRestated(fact: BudgetFact): FactBook {
    return new FactBook(this.recorded, this.restated.set(keyOf(fact), fact));
  }

  get(key: string): BudgetFact | undefined {
    return this.restated.get(key) ?? this.recorded.get(key);
  }

  /** What makes an earlier version this one; undefined if they cannot be compared cheaply. */
  since(earlier: FactBook): FactChanges | undefined {
    const recorded = this.recorded.since(earlier.recorded);
    if (recorded === undefined) return undefined;
    const added = recorded.map((fact) => this.current(fact));
    if (this.restated === earlier.restated) return { removed: [], added };
    const removed: BudgetFact[] = [];
    const compare = (key: string): void => {
      const before = earlier.get(key);
      const after = this.get(key);
      if (before === undefined || after === undefined || before === after) return;
      removed.push(before);
      added.push(after);
    };
    for (const key of this.restated.keys()) compare(key);
    for (const key of earlier.restated.keys()) if (!this.restated.has(key)) compare(key);
    return { removed, added };
  }

  /** The same for all versions that `since` may be able to compare. */
  get family(): object {
    return this.recorded.family;
  }

  *[Symbol.iterator](): Iterator<BudgetFact> {
    for (const fact of this.recorded) yield this.current(fact);
  }

  private current(fact: BudgetFact): BudgetFact {
    return this.restated.isEmpty() ? fact : (this.restated.get(keyOf(fact)) ?? fact);
  }
}
