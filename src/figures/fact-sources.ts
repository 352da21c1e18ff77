import { BudgetFact, postingsOf } from '../features/budgets/readings';
import { LedgerCalendar } from '../kernel/time';
import { NO_FACTS, Source, SourceOfSum, withFact } from './source';

export const sourceOfFact = (fact: BudgetFact, calendar: LedgerCalendar): Source => ({
  position: fact.position.toString(),
  documentNo: fact.documentNo,
  effectiveOn: calendar.dateOf(fact.effectiveAt),
  corrections: fact.corrections.map(String),
});

/** Where the amounts of a budget, or of one of its lines, are on record. */
export interface AmountSources {
  readonly opening: SourceOfSum;
  readonly adjustment: SourceOfSum;
  readonly executed: SourceOfSum;
}

type Measure = keyof AmountSources;

/** Which facts the amounts of a budget and of its lines are made of. */
export class SourcesOfFacts {
  private readonly all = new Map<Measure, SourceOfSum>();
  private readonly byLine = new Map<string, Map<Measure, SourceOfSum>>();

  constructor(private readonly calendar: LedgerCalendar) {}

  add(fact: BudgetFact): void {
    const postings = postingsOf(fact).filter(({ measure }) => measure !== 'carriedOut');
    if (postings.length === 0) return;
    const source = sourceOfFact(fact, this.calendar);
    for (const measure of new Set(postings.map((posting) => posting.measure as Measure)))
      note(this.all, measure, source);
    for (const { line, measure } of postings) note(this.line(line), measure as Measure, source);
  }

  ofAll(): AmountSources {
    return sourcesIn(this.all);
  }

  ofLine(code: string): AmountSources {
    return sourcesIn(this.line(code));
  }

  private line(code: string): Map<Measure, SourceOfSum> {
    let found = this.byLine.get(code);
    if (found === undefined) this.byLine.set(code, (found = new Map<Measure, SourceOfSum>()));
    return found;
  }
}

function note(sums: Map<Measure, SourceOfSum>, measure: Measure, source: Source): void {
  sums.set(measure, withFact(sums.get(measure) ?? NO_FACTS, source));
}

const sourcesIn = (sums: ReadonlyMap<Measure, SourceOfSum>): AmountSources => ({
  opening: sums.get('opening') ?? NO_FACTS,
  adjustment: sums.get('adjustment') ?? NO_FACTS,
  executed: sums.get('executed') ?? NO_FACTS,
});
