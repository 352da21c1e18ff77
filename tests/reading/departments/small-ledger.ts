import { EntityName } from '../../../src/kernel/codes';
import { MemoryTemporalStore } from '../../../src/read-model/adapters/memory';
import { Change } from '../../../src/read-model/change';
import { documentKey, ProjectedChange } from '../../../src/read-model/temporal-store';
import { CollectionHome, DocumentHome, LedgerHomes } from '../../../src/reading/departments/homes';
import { anEvent } from '../../support/events';

const inState = (state: unknown): string => (state as { readonly department: string }).department;

/** One kind of document and of collection for each way in which the department of something is found. */
export const HOMES = new LedgerHomes(
  new Map<string, DocumentHome>([
    ['DEPARTMENT', 'CODE'],
    ['BUDGET', 'CODE'],
    ['TASK', inState],
    ['TEMPLATE', 'LEDGER'],
  ]),
  new Map<string, CollectionHome>([
    ['DEPARTMENT', 'MEMBERS'],
    ['BUDGETS', 'MEMBERS'],
    ['TASKS', { documents: 'TASK' }],
    ['PARTS', 'PARTS'],
    ['PARTS/', 'NAME'],
    ['TEMPLATES', 'LEDGER'],
  ]),
);

export interface Fact {
  readonly department: string;
  readonly entity: EntityName;
  /** By the name of the collection. */
  readonly members?: Readonly<Record<string, string>>;
  /** Its document is not the entity's own, so it has a state and no change. */
  readonly isPart?: boolean;
}

/** Read models with these facts, at the positions 10, 20, 30 and so on. */
export async function storeOf(facts: readonly Fact[]): Promise<MemoryTemporalStore> {
  const revisions = new Map<string, number>();
  const projected = facts.map(({ department, entity, members = {}, isPart = false }, index): ProjectedChange => {
    const key = documentKey(entity.entityType, entity.code);
    const revision = (revisions.get(key) ?? 0) + 1;
    revisions.set(key, revision);
    return {
      change: changeOf({ department, entity }, index + 1),
      documents: [{ key, revision, state: { department, code: entity.code }, carriesChange: !isPart }],
      members: Object.entries(members).map(([collection, code]) => ({ collection, code })),
    };
  });
  const store = new MemoryTemporalStore();
  await store.write(projected);
  await store.markServing();
  return store;
}

export const changeOf = ({ department, entity }: Pick<Change, 'department' | 'entity'>, sequence = 1): Change => ({
  event: {
    ...anEvent(),
    stream: `mingjian-${entity.entityType}-${entity.code}`,
    revision: 0n,
    position: BigInt(10 * sequence),
    storedAt: sequence,
  },
  entity,
  department,
  sequence: BigInt(sequence),
  recordedAt: sequence,
});
