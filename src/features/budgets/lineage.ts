import { Map } from 'immutable';
import { AuditView } from '../../audit/audit-view';
import { ALWAYS, Effect } from '../../audit/effect';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { CorruptLedger } from '../../kernel/outage';
import { Instant } from '../../kernel/time';
import { Pausing } from '../../reading/lineage';
import { auditViewOfBudget, auditViewOfLine } from './audit-view';
import { BudgetEvent, budgetEventOf } from './events';
import { BudgetFact, factsOf, keyOf, postingsOf } from './facts';
import { budgetFold, BudgetRecord, correctedKey, factOf, lineOf } from './record';
import { NOTHING, plus, Totals } from './totals';
import { viewStatus, viewTotals } from './views';

/**
 * The audit views that a budget's changes lead through, as of an effective moment. Each is made from the one before it and from
 * the facts that the change moved: viewing every record from scratch would sort all facts again for each change.
 */
export function* budgetAuditViews(
  events: Iterable<StoredEvent>,
  effectiveAt: Instant | undefined,
): Iterable<AuditView> {
  let totals = NOTHING;
  let lines = Map<string, Totals>();
  let views = Map<string, AuditView>();
  let listed: readonly AuditView[] = [];
  for (const { record, moved } of stepsOf(events)) {
    const touched = new Set<string>();
    for (const { fact, sign } of moved) {
      if (fact.newLine !== undefined) touched.add(fact.newLine.code);
      if (effectiveAt !== undefined && fact.effectiveAt > effectiveAt) continue;
      for (const { line, measure, amount } of postingsOf(fact)) {
        lines = lines.set(line, plus(lines.get(line, NOTHING), measure, sign * amount));
        totals = plus(totals, measure, sign * amount);
        touched.add(line);
      }
    }
    if (touched.size > 0) {
      for (const code of touched) {
        const { definition } = lineOf(record, code);
        views = views.set(code, auditViewOfLine({ definition, ...viewTotals(lines.get(code, NOTHING)) }));
      }
      listed = [...views].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, view]) => view);
    }
    yield auditViewOfBudget({ ...viewStatus(record, effectiveAt), ...viewTotals(totals) }, listed);
  }
}

/**
 * Since when each change shows: a fact from the date that it has now, a correction from the earlier of the date that the fact had
 * and the date that it gets.
 */
export function* budgetEffects(events: readonly StoredEvent[]): Pausing<readonly Effect[]> {
  const steps: Step[] = [];
  for (const step of stepsOf(events)) {
    steps.push(step);
    yield;
  }
  const last = steps.at(-1)?.record;
  if (last === undefined) return [];
  return steps.map(({ event, moved }) => ({ position: event.position, from: shownFrom(event, moved, last) }));
}

function shownFrom(event: BudgetEvent, moved: readonly MovedFact[], last: BudgetRecord): readonly Instant[] {
  if (event.type === 'BudgetFactCorrected') return [Math.min(...moved.map(({ fact }) => fact.effectiveAt))];
  if (event.type === 'BudgetClosed') return [effectiveAtOf(event)];
  const dates = moved.map(({ fact }) => factOf(last, keyOf(fact)).effectiveAt);
  return event.type === 'BudgetApproved' ? [ALWAYS, effectiveAtOf(event), ...dates] : dates;
}

interface Step {
  readonly event: BudgetEvent;
  /** The record with the event. */
  readonly record: BudgetRecord;
  readonly moved: readonly MovedFact[];
}

/** A fact that a change added, 1, or took away, -1. */
interface MovedFact {
  readonly fact: BudgetFact;
  readonly sign: 1n | -1n;
}

function* stepsOf(events: Iterable<StoredEvent>): Iterable<Step> {
  let before: BudgetRecord | undefined;
  for (const stored of events) {
    const event = budgetEventOf(stored);
    const record: BudgetRecord = budgetFold.evolve(before, stored);
    yield { event, record, moved: factsMoved(before, record, event) };
    before = record;
  }
}

/** A correction takes the fact away as it was, and adds it as it is restated. */
function factsMoved(before: BudgetRecord | undefined, after: BudgetRecord, event: BudgetEvent): readonly MovedFact[] {
  if (event.type === 'BudgetClosed') return [];
  if (event.type !== 'BudgetFactCorrected') return factsOf(event).map((fact) => ({ fact, sign: 1n }));
  if (before === undefined) throw new CorruptLedger(`${event.stream} does not begin with an approval`);
  const key = correctedKey(event.data);
  return [
    { fact: factOf(before, key), sign: -1n },
    { fact: factOf(after, key), sign: 1n },
  ];
}
