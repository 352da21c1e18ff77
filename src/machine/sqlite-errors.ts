import Database from 'libsql';

type ThrownAs = new (message: string, options?: ErrorOptions) => Error;

/** What SQLite's primary result codes mean for a caller (https://www.sqlite.org/rescode.html) that may try again. */
const OUTAGES: ReadonlyMap<number, string> = new Map([
  [3, 'access to it is denied'],
  [5, 'another process is using it'],
  [7, 'there is not enough memory'],
  [8, 'it cannot be written to'],
  [10, 'the disk reports an error'],
  [13, 'the disk is full'],
  [14, 'it cannot be opened'],
]);

interface FileErrors {
  /** What is in the file, for the message: `Ledger file`. */
  readonly contents: string;
  readonly outage: ThrownAs;
  readonly damage: ThrownAs;
  /** The codes that mean damage of this file, each with what is said of it. */
  readonly damages: ReadonlyMap<number, string>;
}

/** Runs work on a file, and throws what its caller knows instead of the driver's errors. A code without a meaning is a bug of ours. */
export function sqliteTranslator({ contents, outage, damage, damages }: FileErrors) {
  return <T>(path: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.rawCode === undefined) throw error;
      const code = error.rawCode & 0xff;
      const damaged = damages.get(code);
      const text = damaged ?? OUTAGES.get(code);
      if (text === undefined) throw error;
      const ThrownAs = damaged === undefined ? outage : damage;
      throw new ThrownAs(`${contents} ${path}: ${text} (${error.code})`, { cause: error });
    }
  };
}
