import { WorkerHasher } from '../../evidence/adapters/worker-hasher';
import { checkedLog } from '../../evidence/checked-log';
import { CheckpointCopies } from '../../evidence/copies/checkpoint-copies';
import { CheckpointReader } from '../../evidence/copies/checkpoint-reader';
import { Publisher } from '../../evidence/copies/publisher';
import { LeafCheck } from '../../evidence/leaf-check';
import { KeptCheckpoints } from '../../evidence/kept-checkpoint';
import { LogFollower } from '../../evidence/log-follower';
import { LogProofs } from '../../evidence/log-proofs';
import { TileStorage } from '../../evidence/tiles/tile-storage';
import { EventStore } from '../../event-store/event-store';
import { LogOfLeaves } from '../../event-store/imported-log';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { LogMismatch } from '../../kernel/outage';
import { Telemetry } from '../../kernel/telemetry';
import { Lease, NEVER } from '../../projector/lease';
import { Config } from '../config';
import { streamNames } from '../features';
import { departmentsOfEntities } from './departments';
import { configuredCopies, configuredWitnesses } from './outside';
import { configuredParts } from './tree-parts';

export { checkpointFile, treeFolder } from './files';
export { serveTree } from './serve';
export { checkedByStoredTree, StoredCheck, storedCheck } from './stored-check';
export { configuredWitness, serveWitness } from './witness';

export interface SignedLog {
  readonly kept: KeptCheckpoints;
  readonly tiles: Pick<TileStorage, 'read'>;
  readonly proofs: LogProofs;
  /** The same log. Each event that is read is compared with its leaf. */
  readonly checked: (log: EventStore) => EventStore;
  /** What is wrong, for the operator. */
  readonly problems: () => readonly (string | undefined)[];
  /** Compares the log with the newest checkpoint. Throws `LogMismatch`. */
  check(): Promise<void>;
  /** Follows the log until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface SignedLogOptions {
  /** The log as it is stored, with `LedgerImported`. */
  readonly log: LogOfLeaves & Pick<EventStore, 'head'>;
  readonly lease: Lease;
  /** Where the processes of the ledger find its newest checkpoint. */
  readonly copiesOf: ((origin: string) => CheckpointCopies) | undefined;
  readonly onMismatch: (mismatch: LogMismatch) => void;
  readonly telemetry: Telemetry;
}

/** The tree of the log, if this process is configured to sign it, or to read it. A process that does not project never signs. */
export function configuredTree(config: Config, options: SignedLogOptions): SignedLog | undefined {
  const outside = { copies: configuredCopies(config), witnesses: configuredWitnesses(config) };
  const parts = configuredParts(config);
  if (parts === undefined) return undefined;
  const { log, lease, telemetry } = options;
  const { signs, signer, tiles, places } = parts;
  const { origin, verifierKeys, kept } = signer;
  const inRedis = options.copiesOf === undefined ? [] : [options.copiesOf(origin)];
  const publisher: Publisher = new Publisher({
    log,
    signer,
    copies: [...inRedis, ...outside.copies],
    witnesses: outside.witnesses,
    consistency: (first, second) => proofs.consistency(first, second),
    telemetry,
  });
  const troubles = new LastingTroubles(telemetry, 'tree');
  const hasher = new WorkerHasher(troubles);
  const follower: LogFollower = new LogFollower({
    ...options,
    troubles,
    lease: signs ? lease : NEVER,
    storage: { tiles, places },
    signer,
    departmentOf: departmentsOfEntities(streamNames(config.streamPrefix)),
    hasher,
    learn: () => (signs ? publisher.adopt() : Promise.resolve()),
    onSigned: () => {
      publisher.publish();
    },
  });
  const proofs: LogProofs = new LogProofs({ origin, verifierKeys, kept, follower });
  const reader = new CheckpointReader({
    copies: signs ? inRedis : [...inRedis, ...outside.copies],
    signer,
    follower,
    troubles,
  });
  const closing = new AbortController();
  const check = new LeafCheck({
    followed: () => follower.opened(closing.signal),
    hasher,
    onDifference: (difference) => {
      follower.suspect(difference);
    },
  });
  return {
    kept,
    tiles,
    proofs,
    checked: (raw) => checkedLog(raw, check),
    problems: () => [follower.problem, ...publisher.problems],
    check: () => follower.check(),
    async run(signal) {
      const reading = follower.opened(signal).then(() => reader.run(signal));
      await Promise.all([follower.run(signal), reading]);
    },
    async close() {
      closing.abort();
      await hasher.close();
      parts.remove();
    },
  };
}
