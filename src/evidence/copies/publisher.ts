import { EventStore } from '../../event-store/event-store';
import { SharedWork } from '../../kernel/async';
import { Telemetry } from '../../kernel/telemetry';
import { CheckpointSigner } from '../checkpoint-signer';
import { Hash } from '../tree/hashes';
import { AskedWitness } from '../witness/asked-witness';
import { CheckpointCopies } from './checkpoint-copies';

export interface PublisherOptions {
  readonly log: Pick<EventStore, 'head'>;
  readonly signer: CheckpointSigner;
  readonly copies: readonly CheckpointCopies[];
  readonly witnesses: readonly AskedWitness[];
  /** RFC 9162, 2.1.4.1, between two sizes of the tree. */
  readonly consistency: (first: bigint, second: bigint) => readonly Hash[];
  readonly telemetry: Telemetry;
}

const FIRST = 'the first checkpoint';
const FOUND_NONE =
  'This process has found no earlier checkpoint of the log: if somebody altered events before its start, it cannot notice that';

/** Has others keep the newest checkpoint: as a copy, or as witnesses that cosign it. */
export class Publisher {
  private readonly troubles = new Map<string, string>();
  private readonly rounds = new SharedWork(() => this.round());

  constructor(private readonly options: PublisherOptions) {}

  /** What is wrong, in one line each. */
  get problems(): readonly string[] {
    return [...this.troubles.values()];
  }

  /**
   * Takes the newest checkpoint that can be reached, so that this process only signs what follows it. Throws `CorruptLedger` if another
   * signer made it.
   */
  async adopt(): Promise<void> {
    const { signer, copies, log } = this.options;
    for (const place of copies) {
      const found = await this.tried(place.name, 'The log is compared without it', () => place.newest());
      if (found === undefined || found.treeSize <= (signer.kept.newest?.treeSize ?? -1n)) continue;
      signer.requireOwn(found);
      signer.kept.keep(found);
    }
    const isFirst = signer.kept.newest === undefined && (await log.head()) > 0n;
    if (isFirst) this.troubles.set(FIRST, FOUND_NONE);
  }

  /** Shows the newest checkpoint to all. Returns at once. */
  publish(): void {
    void this.rounds.run();
  }

  private async round(): Promise<void> {
    const { signer, copies, witnesses, consistency } = this.options;
    const { newest } = signer.kept;
    if (newest === undefined) return;
    let cosigned = newest;
    for (const witness of witnesses) {
      const note = await this.tried(witness.name, 'It has not cosigned', () => witness.cosign(cosigned, consistency));
      if (note === undefined) continue;
      cosigned = { ...cosigned, note };
      signer.kept.keep(cosigned);
    }
    for (const place of copies) await this.tried(place.name, 'It has no copy', () => place.put(cosigned));
  }

  private async tried<T>(name: string, consequence: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await act();
      this.troubles.delete(name);
      return done;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      if (!this.troubles.has(name)) this.options.telemetry.report({ kind: 'trouble', source: 'tree', error });
      this.troubles.set(name, [name, what, consequence].filter((part) => part !== '').join(': '));
      return undefined;
    }
  }
}
