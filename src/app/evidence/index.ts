import { CheckpointFile } from '../../evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../evidence/adapters/place-file';
import { TileFiles } from '../../evidence/adapters/tile-files';
import { WorkerHasher } from '../../evidence/adapters/worker-hasher';
import { checkedLog } from '../../evidence/checked-log';
import { CheckpointSigner } from '../../evidence/checkpoint-signer';
import { LeafCheck } from '../../evidence/leaf-check';
import { KeptCheckpoints } from '../../evidence/kept-checkpoint';
import { LogFollower } from '../../evidence/log-follower';
import { LogProofs } from '../../evidence/log-proofs';
import { TileStorage } from '../../evidence/tiles/tile-storage';
import { EventStore } from '../../event-store/event-store';
import { LogMismatch } from '../../kernel/outage';
import { Telemetry } from '../../kernel/telemetry';
import { Lease } from '../../projector/lease';
import { Config } from '../config';
import { streamNames } from '../features';
import { departmentsOfEntities } from './departments';
import { checkpointFile, treeFolder } from './files';
import { signingKeys } from './signing-keys';

export { checkpointFile, treeFolder } from './files';
export { serveTree } from './serve';
export { checkedByStoredTree } from './stored-check';

export interface SignedLog {
  readonly kept: KeptCheckpoints;
  readonly tiles: Pick<TileStorage, 'read'>;
  readonly follower: LogFollower;
  readonly proofs: LogProofs;
  /** The same log. Each event that is read is compared with its leaf. */
  readonly checked: (log: EventStore) => EventStore;
  close(): Promise<void>;
}

export interface SignedLogOptions {
  /** The log as it is stored. */
  readonly log: EventStore;
  readonly lease: Lease;
  readonly onMismatch: (mismatch: LogMismatch) => void;
  readonly telemetry: Telemetry;
}

/** The tree of the log, if this process is configured to sign it. A process that does not project never signs. */
export function configuredTree(config: Config, options: SignedLogOptions): SignedLog | undefined {
  const keys = config.roles.has('projector') ? signingKeys(config) : undefined;
  if (keys === undefined) return undefined;
  const folder = treeFolder(config);
  const tiles = new TileFiles(folder);
  const kept = CheckpointFile.open(checkpointFile(config));
  const signer = new CheckpointSigner(keys.origin, keys.signers, kept);
  const storage = { tiles, places: PlaceFile.open(folder) };
  const departmentOf = departmentsOfEntities(streamNames(config.streamPrefix));
  const hasher = new WorkerHasher((error) => {
    options.telemetry.report({ kind: 'trouble', source: 'tree', error });
  });
  const follower = new LogFollower({ ...options, storage, signer, departmentOf, hasher });
  const closing = new AbortController();
  const check = new LeafCheck({
    followed: () => follower.opened(closing.signal),
    hasher,
    onDifference: (difference) => {
      follower.suspect(difference);
    },
  });
  const { origin, verifierKeys } = signer;
  return {
    kept,
    tiles,
    follower,
    proofs: new LogProofs({ origin, verifierKeys, kept, follower }),
    checked: (log) => checkedLog(log, check),
    async close() {
      closing.abort();
      await hasher.close();
    },
  };
}
