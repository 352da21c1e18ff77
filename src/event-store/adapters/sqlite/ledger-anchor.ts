import { Telemetry } from '../../../kernel/telemetry';
import { AnchorFile, anchorPathOf, createAnchor } from './anchor-file';
import { AnchorRecord } from './anchor-record';
import { EventRow } from './event-rows';
import { RunningHash } from './running-hash';

/** A start checks at least this many of the newest events, if there are as many, and at most about twice as many. */
export const CHECKED_EVENTS = 10_000;

/** Hashes of the newest events, in two parts: when the newer one is long enough, it becomes the older one. */
export class HashedTail {
  private newer = new RunningHash();
  private newerFrom: bigint;
  private olderFrom: bigint;
  private olderHash: string;
  private last: bigint;

  /** Begins after this position. */
  constructor(from: bigint) {
    this.newerFrom = this.olderFrom = this.last = from;
    this.olderHash = this.newer.digest();
  }

  add(rows: readonly EventRow[]): void {
    this.newer.add(rows);
    this.last = rows.at(-1)?.[0] ?? this.last;
  }

  /** Begins a new part if the current one is long enough. */
  turn(): void {
    if (this.newer.length >= CHECKED_EVENTS) this.split();
  }

  /** Begins a new part here. */
  split(): void {
    this.olderFrom = this.newerFrom;
    this.olderHash = this.newer.digest();
    this.newerFrom = this.last;
    this.newer = new RunningHash();
  }

  record(generation: number): AnchorRecord {
    return {
      generation,
      position: this.last,
      from: this.newerFrom,
      hash: this.newer.digest(),
      previousFrom: this.olderFrom,
      previousHash: this.olderHash,
    };
  }
}

export interface AnchorState {
  readonly tail: HashedTail;
  readonly generation: number;
}

/** The anchor of the ledger that this process writes: it follows each commit. */
export class LedgerAnchor {
  private hasFailed = false;

  private constructor(
    private readonly file: AnchorFile,
    private readonly tail: HashedTail,
    private generation: number,
    private readonly telemetry: Telemetry,
  ) {}

  static begin(ledger: string, { tail, generation }: AnchorState, telemetry: Telemetry): LedgerAnchor {
    const path = anchorPathOf(ledger);
    createAnchor(path, tail.record(generation));
    tail.turn();
    return new LedgerAnchor(new AnchorFile(path), tail, generation, telemetry);
  }

  /**
   * Call after a commit, with the rows that it wrote. They are on record, so a failure here is only reported: an anchor that is behind the
   * log does no harm.
   */
  recorded(rows: readonly EventRow[]): void {
    if (rows.length === 0) return;
    this.tail.add(rows);
    this.attempt(() => {
      this.file.write(this.tail.record(++this.generation));
    });
    this.tail.turn();
  }

  close(): void {
    this.attempt(() => {
      this.file.close();
    });
  }

  private attempt(work: () => void): void {
    try {
      work();
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) this.telemetry.report({ kind: 'trouble', source: 'event-store', error });
      this.hasFailed = true;
    }
  }
}
