import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { Change } from '../../src/read-model/change';
import { storedEvent } from './change';

const BYTES = 500_000;
const COUNT = 40;

export const LARGE_CHANGES: readonly Change[] = Array.from({ length: COUNT }, (_, index) => ({
  event: storedEvent({
    position: BigInt(index + 1),
    stream: `mingjian-department-${index}`,
    data: { memo: 'x'.repeat(BYTES) },
  }),
  entity: { entityType: 'DEPARTMENT', code: String(index) },
  department: index % 2 === 0 ? 'A' : 'B',
  sequence: BigInt(index + 1),
  recordedAt: index,
}));
export const LARGE_HEAD = BigInt(COUNT);

/** 40 changes of 500 KB. `fetched` has the number of changes in each answer. */
export async function storeOfLargeChanges() {
  const store = new MemoryTemporalStore();
  await store.write(LARGE_CHANGES.map((change) => ({ change, documents: [], members: [] })));
  await store.markServing();
  const fetched: number[] = [];
  const changes = store.changes.bind(store);
  store.changes = (range) => {
    const found = changes(range);
    fetched.push(found.length);
    return found;
  };
  return { store, fetched };
}
