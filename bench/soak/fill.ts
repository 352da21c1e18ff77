import { ask, Client } from './client';
import { aliasedRead } from './ledger-load';
import { Tally } from './tally';
import { KEPT_LENGTH } from '../../src/graphql/execution/parsing';

/** A document is compiled when it is asked for the third time. */
const TIMES = 3;
const AT_ONCE = 8;
/** Those that are asked for at the same time are not all compiled. */
const MARGIN = 1.25;

/**
 * Fills the caches of parsed documents and of compiled forms beyond their bounds, as months of clients would that write values into their
 * documents. Else they would still grow while the memory is measured, and would hide what is lost.
 */
export async function fillCaches(client: Client, tally: Tally): Promise<void> {
  let characters = 0;
  let next = 0;
  const fillOn = async (): Promise<void> => {
    while (characters < KEPT_LENGTH * MARGIN) {
      const query = aliasedRead(next++);
      characters += query.length;
      for (let time = 0; time < TIMES; time++) {
        const { status, codes } = await ask(client, { query });
        if (status === 200 && codes.length === 0) tally.count('fill');
        else tally.unexpected('fill', `${status} ${codes.join(', ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fillOn));
}
