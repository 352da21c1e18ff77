import { compareDated } from '../../kernel/effective-order';
import { Fen } from '../../kernel/money';
import { CorruptLedger } from '../../kernel/outage';
import { firstIndex } from '../../kernel/search';
import { Instant } from '../../kernel/time';
import { BudgetFact, postingsOf } from './facts';
import { BudgetRecord } from './record';
import { NOTHING, plus, Totals } from './totals';

/**
 * A budget's facts by effective date, then position, with running totals: the totals of any effective moment take one binary
 * search. A record never changes, so its timeline is made once and kept as long as the record.
 */
export class BudgetTimeline {
  private readonly facts: readonly BudgetFact[];
  private readonly all = new RunningTotals();
  private readonly lines = new Map<string, RunningTotals>();

  constructor(record: BudgetRecord) {
    this.facts = [...record.facts].sort((a, b) => compareDated(a, b) || a.ordinal - b.ordinal);
    for (const code of record.lines.keys()) this.lines.set(code, new RunningTotals());
    for (const fact of this.facts) {
      for (const { line, measure, amount } of postingsOf(fact)) {
        this.all.add(fact.effectiveAt, measure, amount);
        this.line(line).add(fact.effectiveAt, measure, amount);
      }
    }
  }

  totals(effectiveAt: Instant): Totals {
    return this.all.upTo(effectiveAt);
  }

  lineTotals(code: string, effectiveAt: Instant): Totals {
    return this.line(code).upTo(effectiveAt);
  }

  /** The facts in force at a moment; all facts if no moment is given. */
  factsInForce(effectiveAt?: Instant): readonly BudgetFact[] {
    if (effectiveAt === undefined) return this.facts;
    const { facts } = this;
    return facts.slice(
      0,
      firstIndex(facts.length, (index) => (facts[index] as BudgetFact).effectiveAt > effectiveAt),
    );
  }

  private line(code: string): RunningTotals {
    const found = this.lines.get(code);
    if (found === undefined) throw new CorruptLedger(`The budget has no line ${code}`);
    return found;
  }
}

class RunningTotals {
  private readonly at: Instant[] = [];
  private readonly sums: Totals[] = [];

  add(at: Instant, measure: keyof Totals, amount: Fen): void {
    this.sums.push(plus(this.sums.at(-1) ?? NOTHING, measure, amount));
    this.at.push(at);
  }

  upTo(bound: Instant): Totals {
    const count = firstIndex(this.at.length, (index) => (this.at[index] as Instant) > bound);
    return this.sums[count - 1] ?? NOTHING;
  }
}

const timelines = new WeakMap<BudgetRecord, BudgetTimeline>();

export function timelineOf(record: BudgetRecord): BudgetTimeline {
  let timeline = timelines.get(record);
  if (timeline === undefined) timelines.set(record, (timeline = new BudgetTimeline(record)));
  return timeline;
}
