import Database from 'libsql';
import { LostReadModels, Outage } from '../../../kernel/outage';

/**
 * What SQLite's primary result codes mean (https://www.sqlite.org/rescode.html). Any other code is a bug of ours and is not
 * translated.
 */
const MEANINGS: ReadonlyMap<number, { readonly thrownAs: typeof Outage; readonly text: string }> = new Map([
  [3, { thrownAs: Outage, text: 'access to it is denied' }],
  [5, { thrownAs: Outage, text: 'another process is using it' }],
  [7, { thrownAs: Outage, text: 'there is not enough memory' }],
  [8, { thrownAs: Outage, text: 'it cannot be written to' }],
  [10, { thrownAs: Outage, text: 'the disk reports an error' }],
  [11, { thrownAs: LostReadModels, text: 'it is damaged' }],
  [13, { thrownAs: Outage, text: 'the disk is full' }],
  [14, { thrownAs: Outage, text: 'it cannot be opened' }],
  // Two rows for one version: an index does not agree with its table.
  [19, { thrownAs: LostReadModels, text: 'it contradicts itself' }],
  [26, { thrownAs: LostReadModels, text: 'it is not a database' }],
]);

export function translating<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.rawCode === undefined) throw error;
    const meaning = MEANINGS.get(error.rawCode & 0xff);
    if (meaning === undefined) throw error;
    throw new meaning.thrownAs(`Read models in ${path}: ${meaning.text} (${error.code})`, { cause: error });
  }
}
