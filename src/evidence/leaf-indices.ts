import { EventStore } from '../event-store/event-store';

/** The places of changes in the tree of their log. */
export class LeafIndices {
  private isImported: boolean | undefined;

  constructor(private readonly log: Pick<EventStore, 'readAll'>) {}

  /** From 0. If the log was imported, the first leaf is no change: it is that of `LedgerImported`. */
  async of(sequence: bigint): Promise<bigint> {
    this.isImported ??= await this.look();
    return this.isImported === true ? sequence : sequence - 1n;
  }

  /** undefined while the log has no event. */
  private async look(): Promise<boolean | undefined> {
    for await (const { inImportedLog } of this.log.readAll(0n)) return inImportedLog !== undefined;
    return undefined;
  }
}
