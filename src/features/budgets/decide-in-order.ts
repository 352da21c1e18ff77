import { ok, Refusal, refused, Result } from '../../kernel/refusal';

/** What one item of a command records, and the record that the next item is decided on. */
interface DecidedItem<Record, Fact> {
  readonly facts: readonly Fact[];
  readonly record: Record;
}

/** Decides items one after the other, each on the record that the ones before it would leave. The first refused item refuses all. */
export function decideInOrder<Record, Item, Fact>(
  record: Record,
  items: readonly Item[],
  decide: (record: Record, item: Item) => Result<DecidedItem<Record, Fact>>,
): Result<readonly Fact[]> {
  const facts: Fact[] = [];
  let reached = record;
  for (const [place, item] of items.entries()) {
    const decided = decide(reached, item);
    if (!decided.ok) return refused(ofItem(decided.refusal, place));
    facts.push(...decided.value.facts);
    reached = decided.value.record;
  }
  return ok(facts);
}

const ofItem = (refusal: Refusal, item: number): Refusal =>
  refusal.kind === 'NOT_FOUND' || refusal.kind === 'RULE_VIOLATION' ? { ...refusal, item } : refusal;
