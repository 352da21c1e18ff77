import { CheckpointFile } from '../../evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../evidence/adapters/place-file';
import { TileFiles } from '../../evidence/adapters/tile-files';
import { CheckpointSigner } from '../../evidence/checkpoint-signer';
import { whatDiffers } from '../../evidence/compare-log';
import { CheckpointCopies } from '../../evidence/copies/checkpoint-copies';
import { Publisher } from '../../evidence/copies/publisher';
import { LogFollower } from '../../evidence/log-follower';
import { EventStore } from '../../event-store/event-store';
import { LogMismatch } from '../../kernel/outage';
import { Telemetry } from '../../kernel/telemetry';
import { Lease } from '../../projector/lease';
import { Config } from '../config';
import { ServedTree } from '../evidence/serve';
import { SigningKeys, signingKeys } from '../evidence/signing-keys';
import { readsCheckpointFile, readsTreeFolder } from './files';

export interface SignedReadsOptions {
  /** The record as it is stored. */
  readonly log: EventStore;
  readonly lease: Lease;
  /** Where the processes that record reads together find the newest checkpoint. */
  readonly copiesOf: ((origin: string) => CheckpointCopies) | undefined;
  readonly telemetry: Telemetry;
}

/** The record of reads grows each second, and nobody waits for its checkpoints. */
const SIGN_EVERY_MS = 60_000;
/** The tree has a map of departments, which are those of entities. Here a day is an entity. */
const DEPARTMENT = 'reads';

/** The tree of the record, if this process is configured to sign it. */
export function configuredReadsTree(config: Config, options: SignedReadsOptions): SignedReads | undefined {
  const keys = config.roles.has('projector') ? signingKeys(config, '/reads') : undefined;
  return keys && new SignedReads(config, keys, options);
}

/** The tree of the record of reads, signed by the keys of the ledger under an origin of its own. */
class SignedReads implements ServedTree {
  readonly kept: CheckpointFile;
  readonly storage: TileFiles;
  private readonly follower: LogFollower;
  /** Why the record is not answered any more; undefined while it is the one that was signed. */
  difference: string | undefined;

  constructor(config: Config, { origin, signers }: SigningKeys, options: SignedReadsOptions) {
    const folder = readsTreeFolder(config);
    this.kept = CheckpointFile.open(readsCheckpointFile(config));
    this.storage = new TileFiles(folder);
    const signer = new CheckpointSigner(origin, signers, this.kept);
    const copies = options.copiesOf === undefined ? [] : [options.copiesOf(origin)];
    const publisher = new Publisher({ ...options, signer, copies, witnesses: [], consistency: () => [] });
    this.follower = new LogFollower({
      ...options,
      storage: { tiles: this.storage, places: PlaceFile.open(folder) },
      departmentOf: () => DEPARTMENT,
      signer,
      learn: () => publisher.adopt(),
      onSigned: () => {
        publisher.publish();
      },
      signEveryMs: SIGN_EVERY_MS,
      onMismatch: (mismatch) => {
        this.note(mismatch);
      },
    });
  }

  /** Why nothing is signed any more, in one line. */
  get problem(): string | undefined {
    return this.difference ?? this.follower.problem;
  }

  /** Compares the record with its newest checkpoint. */
  async check(): Promise<void> {
    try {
      await this.follower.check();
    } catch (error) {
      if (!(error instanceof LogMismatch)) throw error;
      this.note(error);
    }
  }

  /** Follows the record until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.difference === undefined) await this.follower.run(signal);
  }

  private note(mismatch: LogMismatch): void {
    this.difference = `The record of reads is not the one that was signed, and is not answered. ${whatDiffers(mismatch)}`;
  }
}
