import path from 'node:path';
import { CheckpointFile } from '../../evidence/adapters/checkpoint-file';
import { TileFiles } from '../../evidence/adapters/tile-files';
import { CheckpointSigner } from '../../evidence/checkpoint-signer';
import { LogFollower } from '../../evidence/log-follower';
import { TileStorage } from '../../evidence/tiles/tile-storage';
import { EventStore } from '../../event-store/event-store';
import { LogMismatch } from '../../kernel/outage';
import { Telemetry } from '../../kernel/telemetry';
import { Lease } from '../../projector/lease';
import { Config } from '../config';
import { signingKeys } from './signing-keys';

export { serveTree } from './serve';

export interface SignedLog {
  readonly signer: CheckpointSigner;
  readonly storage: Pick<TileStorage, 'read'>;
  readonly follower: LogFollower;
}

export interface SignedLogOptions {
  /** The log as it is stored. */
  readonly log: EventStore;
  readonly lease: Lease;
  readonly onMismatch: (mismatch: LogMismatch) => void;
  readonly telemetry: Telemetry;
}

export const treeFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'tree');

export const checkpointFile = (config: Pick<Config, 'dataDir'>): string =>
  path.join(treeFolder(config), 'checkpoints.jsonl');

/** The tree of the log, if this process is configured to sign it. A process that does not project never signs. */
export function configuredTree(config: Config, options: SignedLogOptions): SignedLog | undefined {
  const keys = config.roles.has('projector') ? signingKeys(config) : undefined;
  if (keys === undefined) return undefined;
  const storage = new TileFiles(treeFolder(config));
  const kept = CheckpointFile.open(checkpointFile(config));
  const signer = new CheckpointSigner(keys.origin, keys.signers, kept);
  return { signer, storage, follower: new LogFollower({ ...options, storage, signer }) };
}
