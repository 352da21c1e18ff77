import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StoredEvent } from '../src/event-store/envelope';
import { TileFiles } from '../src/evidence/adapters/tile-files';
import { eventLeafHash } from '../src/evidence/event-form';
import { LogTree } from '../src/evidence/log-tree';
import { sha256 } from '../src/evidence/tree/hashes';
import { cpuMsOf, Report } from './measure';

const LEAVES = 1_000_000;
const EVENTS = 20_000;
const BATCH = 1_000;
const CALLS = 2_000;

/** Proofs: what a leaf costs, and proofs from the tiles of a tree of 1,000,000 leaves. */
export async function evidence(): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingjian-bench-'));
  try {
    const tree = LogTree.empty(new TileFiles(folder));
    const growing = await cpuMsOf(() => {
      grow(tree);
      return Promise.resolve();
    });
    const hashing = await cpuMsOf(() => {
      hashEvents();
      return Promise.resolve();
    });
    let next = 0;
    /** Leaves far from each other: most of their tiles are not in memory. */
    const elsewhere = () => (next = (next + 618_033) % LEAVES);
    const size = BigInt(LEAVES);
    const near = await microsOf(() => tree.inclusion(42n, size));
    const far = await microsOf(() => tree.inclusion(BigInt(elsewhere()), size));
    const consistency = await microsOf(() => tree.consistency(BigInt(elsewhere() + 1), size));
    const open = await microsOf(() => LogTree.open(new TileFiles(folder), size), 50);
    return [
      { what: 'the leaf hash of an event, CPU time', value: (hashing * 1_000) / EVENTS, unit: 'µs' },
      { what: 'a leaf in the tree and its tiles, CPU time', value: (growing * 1_000) / LEAVES, unit: 'µs' },
      {
        what: 'an inclusion proof at 1,000,000 leaves, tiles in memory',
        value: near,
        unit: 'µs',
        bound: { atMost: 200 },
      },
      { what: 'the same, of leaves far from each other', value: far, unit: 'µs', bound: { atMost: 200 } },
      { what: 'a consistency proof from any size to 1,000,000', value: consistency, unit: 'µs' },
      { what: 'opening the tree of 1,000,000 leaves', value: open, unit: 'µs', bound: { atMost: 500_000 } },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The CPU time of a call. */
async function microsOf(call: () => unknown, calls = CALLS): Promise<number> {
  const ms = await cpuMsOf(() => {
    for (let at = 0; at < calls; at++) call();
    return Promise.resolve();
  });
  return (ms * 1_000) / calls;
}

function grow(tree: LogTree): void {
  const leaf = sha256('a leaf');
  for (let at = 1; at <= LEAVES; at++) {
    tree.append(leaf);
    if (at % BATCH === 0) tree.write();
  }
}

const EVENT: StoredEvent = {
  id: '6f1c9d2e-0a64-4a1b-8a0b-0d6a2f6b7c11',
  stream: 'mingjian-budget-441300-DSJ.2023',
  revision: 3n,
  position: 42n,
  type: 'ExpenditureRecorded',
  data: { line: '培训费', amount: '100.50', payee: '市培训中心', memo: '第二季度培训' },
  metadata: {
    schemaVersion: 1,
    effectiveAt: '2023-06-30T16:00:00.000Z',
    actor: { sub: 'li', name: '李' },
    $correlationId: '6f1c1f0c-9d0e-4a53-9a3f-0d7b1b6f3a01',
    salt: 'AAECAwQFBgcICQoLDA0ODw==',
  },
  storedAt: Date.UTC(2023, 6, 1),
};

function hashEvents(): void {
  for (let at = 1; at <= EVENTS; at++) eventLeafHash(EVENT, { sequence: BigInt(at), recordedAt: EVENT.storedAt });
}
