import { z } from 'zod';
import { isLedgerName, LEDGER_NAME_EXPECTED } from '../../graphql/federation/ledger-name';
import { flag } from './parsers';
import { setting } from './setting';

/** The ledger among those that a gateway joins. */
export const FEDERATION_SETTINGS = {
  isOn: setting('FEDERATION', {
    parser: flag,
    default: '0',
    meaning:
      '`1`: the server is also a subgraph of Apollo Federation 2, at `/graphql/subgraph`; see [federation.md](federation.md)',
  }),
  ledger: setting('FEDERATION_LEDGER', {
    parser: z.string().refine(isLedgerName, LEDGER_NAME_EXPECTED),
    otherwise: 'needed with `FEDERATION=1`',
    meaning:
      'the name of the ledger in a federation, such as `huizhou`: its types, root fields, ids, cursors and positions carry it there. All servers of one ledger need the same',
  }),
};
