import Database from 'libsql';
import { CorruptLedger, Outage } from '../../../kernel/outage';

/**
 * What SQLite's primary result codes mean (https://www.sqlite.org/rescode.html). Any other code is a bug of ours and is not
 * translated.
 */
const MEANINGS: ReadonlyMap<
  number,
  { readonly thrownAs: typeof Outage | typeof CorruptLedger; readonly text: string }
> = new Map([
  [3, { thrownAs: Outage, text: 'access to it is denied' }],
  [5, { thrownAs: Outage, text: 'another process is using it' }],
  [7, { thrownAs: Outage, text: 'there is not enough memory' }],
  [8, { thrownAs: Outage, text: 'it cannot be written to' }],
  [10, { thrownAs: Outage, text: 'the disk reports an error' }],
  [11, { thrownAs: CorruptLedger, text: 'it is damaged' }],
  [13, { thrownAs: Outage, text: 'the disk is full' }],
  [14, { thrownAs: Outage, text: 'it cannot be opened' }],
  [26, { thrownAs: CorruptLedger, text: 'it is not a ledger' }],
]);

export function translating<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.rawCode === undefined) throw error;
    const meaning = MEANINGS.get(error.rawCode & 0xff);
    if (meaning === undefined) throw error;
    throw new meaning.thrownAs(`Ledger file ${path}: ${meaning.text} (${error.code})`, { cause: error });
  }
}
