import { CorruptLedger } from '../../kernel/outage';
import { sorting } from '../../kernel/sorting';
import { Instant } from '../../kernel/time';
import { RecordFold } from '../../reading/scope';
import { FactBook } from './fact-book';
import { BudgetFact, postingsOf } from './facts';
import { budgetFold, BudgetRecord } from './record';
import { compareFacts, RunningTotals } from './running-totals';
import { Totals } from './totals';

const FACTS_PER_STEP = 250;

/** Work that pauses at each `yield`. */
type Building<Value> = Generator<void, Value, void>;

/** A budget's facts in effective order: for the amounts of any effective moment. */
export class BudgetTimeline {
  private constructor(
    private readonly facts: FactBook,
    private readonly all: RunningTotals,
    private readonly lines: ReadonlyMap<string, RunningTotals>,
  ) {}

  static *of({ facts, lines }: BudgetRecord): Building<BudgetTimeline> {
    const none = new BudgetTimeline(facts, new RunningTotals(), new Map());
    const added: BudgetFact[] = [];
    for (const fact of facts) {
      added.push(fact);
      if (added.length % FACTS_PER_STEP === 0) yield;
    }
    return yield* none.revised(facts, lines.keys(), [], yield* sorting(added, compareFacts));
  }

  /** The timeline of another record, of which only the facts that differ are sorted; undefined if they cannot be compared. */
  for({ facts, lines }: BudgetRecord): Building<BudgetTimeline> | undefined {
    const changes = facts.since(this.facts);
    if (changes === undefined) return undefined;
    return this.revised(facts, lines.keys(), changes.removed, [...changes.added].sort(compareFacts));
  }

  totals(effectiveAt: Instant): Totals {
    return this.all.upTo(effectiveAt);
  }

  lineTotals(code: string, effectiveAt: Instant): Totals {
    const line = this.lines.get(code);
    if (line === undefined) throw new CorruptLedger(`The budget has no line ${code}`);
    return line.upTo(effectiveAt);
  }

  /** The facts in force at a moment; all facts if no moment is given. */
  factsInForce(effectiveAt?: Instant): readonly BudgetFact[] {
    const { facts } = this.all;
    return effectiveAt === undefined ? facts : facts.slice(0, this.all.countUpTo(effectiveAt));
  }

  private *revised(
    facts: FactBook,
    codes: Iterable<string>,
    removed: readonly BudgetFact[],
    added: readonly BudgetFact[],
  ): Building<BudgetTimeline> {
    const all = yield* this.all.revised(removed, added);
    const [removedOf, addedOf] = [yield* byLine(removed), yield* byLine(added)];
    const lines = new Map<string, RunningTotals>();
    for (const code of codes) {
      const before = this.lines.get(code) ?? new RunningTotals(code);
      const [less, more] = [removedOf.get(code) ?? [], addedOf.get(code) ?? []];
      lines.set(code, less.length + more.length === 0 ? before : yield* before.revised(less, more));
    }
    return new BudgetTimeline(facts, all, lines);
  }
}

/** The facts that touch each line, in their order. */
function* byLine(facts: readonly BudgetFact[]): Building<ReadonlyMap<string, readonly BudgetFact[]>> {
  const found = new Map<string, BudgetFact[]>();
  for (const [index, fact] of facts.entries()) {
    if (index % FACTS_PER_STEP === 0) yield;
    for (const line of new Set(postingsOf(fact).map((posting) => posting.line))) {
      const own = found.get(line);
      if (own === undefined) found.set(line, [fact]);
      else own.push(fact);
    }
  }
  return found;
}

/** A record never changes, so its timeline is made once and kept as long as the record. */
const timelines = new WeakMap<BudgetRecord, BudgetTimeline>();
/** The timeline that was made last among records that can be compared. */
const newest = new WeakMap<object, BudgetTimeline>();

function* building(record: BudgetRecord): Building<BudgetTimeline> {
  const timeline = yield* newest.get(record.facts.family)?.for(record) ?? BudgetTimeline.of(record);
  timelines.set(record, timeline);
  newest.set(record.facts.family, timeline);
  return timeline;
}

export function timelineOf(record: BudgetRecord): BudgetTimeline {
  const known = timelines.get(record);
  if (known !== undefined) return known;
  const work = building(record);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** For reading records that are viewed at effective moments: their timelines are made in several turns of the event loop. */
export const datedBudgetFold: RecordFold<BudgetRecord> = {
  ...budgetFold,
  prepare: (record) => (timelines.has(record) ? undefined : building(record)),
};
