import { Map } from 'immutable';
import { AuditView } from '../../audit/audit-view';
import { ALWAYS, Effect } from '../../audit/effect';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Instant } from '../../kernel/time';
import { BudgetEvent } from './events';
import { BudgetFact, postingsOf, factKey, NOTHING, plus, Totals } from './facts';
import { budgetFold, BudgetRecord, correctedKey } from './record';
import { auditViewOfBudget, auditViewOfLine } from './audit-view';
import { viewStanding, viewTotals } from './views';

/**
 * The shapes that a budget's changes lead through, as of an effective moment. Each is made out of the one before it by what
 * the change did: to view each record anew would put all facts in order for every one of them.
 */
export function* budgetAuditViews(
  events: Iterable<StoredEvent>,
  effectiveAt: Instant | undefined,
): Iterable<AuditView> {
  let record: BudgetRecord | undefined;
  let totals = NOTHING;
  let lines = Map<string, Totals>();
  let shapes = Map<string, AuditView>();
  let listed: readonly AuditView[] = [];
  for (const event of events) {
    const before = record;
    const after = (record = budgetFold.evolve(before, event));
    const touched = new Set([...after.lines.keys()].filter((code) => before?.lines.has(code) !== true));
    for (const { fact, sign } of factsMoved(before, after, event)) {
      if (effectiveAt !== undefined && fact.effectiveAt > effectiveAt) continue;
      for (const { line, measure, amount } of postingsOf(fact)) {
        lines = lines.set(line, plus(lines.get(line, NOTHING), measure, sign * amount));
        totals = plus(totals, measure, sign * amount);
        touched.add(line);
      }
    }
    if (touched.size > 0) {
      for (const code of touched) {
        const definition = after.lines.get(code)?.definition;
        if (definition === undefined) continue;
        shapes = shapes.set(code, auditViewOfLine({ definition, ...viewTotals(lines.get(code, NOTHING)) }));
      }
      listed = [...shapes.keys()].sort().map((code) => shapes.get(code) as AuditView);
    }
    yield auditViewOfBudget({ ...viewStanding(after, effectiveAt), ...viewTotals(totals) }, listed);
  }
}

/** The facts that a change took away, -1, and those that it put in, 1. */
function factsMoved(
  before: BudgetRecord | undefined,
  after: BudgetRecord,
  stored: StoredEvent,
): readonly { readonly fact: BudgetFact; readonly sign: 1n | -1n }[] {
  const event = stored as unknown as BudgetEvent;
  switch (event.type) {
    case 'BudgetFactCorrected': {
      const key = correctedKey(event.data);
      const [old, restated] = [before?.facts.get(key), after.facts.get(key)];
      return [
        ...(old ? [{ fact: old, sign: -1n as const }] : []),
        ...(restated ? [{ fact: restated, sign: 1n as const }] : []),
      ];
    }
    case 'BudgetClosed':
      return [];
    default:
      return factKeys(event).flatMap((key) => {
        const fact = after.facts.get(key);
        return fact === undefined ? [] : [{ fact, sign: 1n as const }];
      });
  }
}

/** The keys of the facts that a change records. */
function factKeys(event: BudgetEvent): readonly string[] {
  if (event.type !== 'BudgetApproved') return [event.id];
  return event.data.lines.map(({ code }) => factKey(event.id, 'OPENING', code));
}

/** Since when each change shows: a fact from the date that it has now, a correction from the earlier of the two dates that it is about. */
export function budgetEffects(events: readonly StoredEvent[]): readonly Effect[] {
  const ofCorrections = new globalThis.Map<bigint, Instant>();
  let record: BudgetRecord | undefined;
  for (const event of events) {
    const before = record;
    const after = (record = budgetFold.evolve(before, event));
    if (event.type !== 'BudgetFactCorrected') continue;
    const moved = factsMoved(before, after, event).map(({ fact }) => fact.effectiveAt);
    ofCorrections.set(event.position, Math.min(...moved));
  }
  return events.map((stored) => {
    const event = stored as unknown as BudgetEvent;
    const corrected = ofCorrections.get(stored.position);
    if (corrected !== undefined) return { position: stored.position, from: [corrected] };
    const facts = factKeys(event).flatMap((key) => record?.facts.get(key)?.effectiveAt ?? []);
    const beside = event.type === 'BudgetApproved' ? [ALWAYS, effectiveAtOf(event)] : [];
    const closing = event.type === 'BudgetClosed' ? [effectiveAtOf(event)] : [];
    return { position: stored.position, from: [...beside, ...facts, ...closing] };
  });
}
