/**
 * Where a reader has come in the feed, kept by the database of its work. Implement it over your database; `Transaction` is whatever
 * your work needs to write with.
 */
export interface CursorStore<Transaction> {
  /** The position that was committed last; undefined if none ever was. */
  load(): string | undefined | Promise<string | undefined>;

  /**
   * Runs `work` and moves the cursor, in one transaction: afterwards both are on record, or neither.
   *
   * - If the stored position is not `from`, somebody else has moved it: undo everything and throw CursorMovedError, whatever the work
   *   did. So two processes with one cursor do not do the work twice.
   * - If `work` throws, undo everything and throw the same.
   * - If it is not known whether the transaction was committed, throw. `load` is asked before anything is done again.
   */
  commit(move: CursorMove, work: (transaction: Transaction) => void | Promise<void>): void | Promise<void>;
}

export interface CursorMove {
  /** What `load` gave, or the position that the commit before stored; undefined: there is no cursor yet. */
  readonly from: string | undefined;
  /** The position to store. */
  readonly to: string;
}

/** Another reader has moved the same cursor. */
export class CursorMovedError extends Error {
  override readonly name = 'CursorMovedError';

  constructor(message = 'Another reader has moved this cursor') {
    super(message);
  }
}
