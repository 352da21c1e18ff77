import { StoredEvent } from '../../src/event-store/envelope';

/** An event with what the ledger derives only from the log. */
export interface LoggedEvent extends StoredEvent {
  /** The store's time. If it goes back, the largest time so far. */
  readonly recordedAt: number;
  /** 1, 2, 3 … over the whole ledger. */
  readonly sequence: number;
  /** `mingjian-budget-D1.2023` is the stream of the budget D1.2023. */
  readonly category: string;
  readonly code: string;
  readonly effectiveAt: number;
}

export function asLogged(events: readonly StoredEvent[]): LoggedEvent[] {
  let recordedAt = -Infinity;
  return events.map((event, index) => {
    recordedAt = Math.max(recordedAt, event.storedAt);
    const [, category = '', ...code] = event.stream.split('-');
    const effectiveAt = Date.parse(event.metadata.effectiveAt);
    return { ...event, recordedAt, sequence: index + 1, category, code: code.join('-'), effectiveAt };
  });
}

/** "The one with the later effective date holds, ties by position." */
export function byEffectiveDate(
  a: { readonly effectiveAt: number; readonly position: bigint },
  b: { readonly effectiveAt: number; readonly position: bigint },
): number {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? -1 : 1;
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return 0;
}

/** "Of the facts on record, only those whose effective date is not later; left out, no upper bound." */
export const inForce = <Fact extends { readonly effectiveAt: number }>(
  facts: readonly Fact[],
  effectiveAt: number | undefined,
): Fact[] => facts.filter((fact) => effectiveAt === undefined || fact.effectiveAt <= effectiveAt);

/** The last of those in force, in effective order. */
export const lastInForce = <Fact extends { readonly effectiveAt: number; readonly position: bigint }>(
  facts: readonly Fact[],
  effectiveAt: number | undefined,
): Fact | undefined => inForce(facts, effectiveAt).sort(byEffectiveDate).at(-1);
