import { Instant } from '../../kernel/time';

/** Where the event of a leaf is in the log, and whose it is. */
export interface LeafPlace {
  readonly position: bigint;
  readonly recordedAt: Instant;
  readonly stream: string;
  readonly department: string;
}

/** The place of each leaf of a tree. They follow from the log, and can be computed again. */
export interface Places {
  /** How many leaves have one. */
  readonly size: bigint;

  /** Throws `CorruptLedger` if it is lost. */
  at(leafIndex: bigint): LeafPlace;

  /** undefined if no leaf has the stream. */
  departmentOf(stream: string): string | undefined;

  /** How many leaves have a position of at most this. */
  countUpTo(position: bigint): bigint;

  /** The place counts for a later process after the next `write`. */
  append(place: LeafPlace): void;

  /** Drops the places behind the first `size`. */
  truncate(size: bigint): void;

  write(): void;

  /** Returns when everything that was written is on disk. */
  sync(): void;
}
