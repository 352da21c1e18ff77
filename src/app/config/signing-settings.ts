import { z } from 'zod';
import { isKeyName } from '../../evidence/notes/verifier-key';
import { setting } from './setting';

/** Who signs the log. */
export const SIGNING_SETTINGS = {
  keyFile: setting('SIGNING_KEY_FILE', {
    parser: z.string(),
    otherwise: 'the log is not signed',
    insteadInDemo: 'a key of the demo',
    meaning:
      'a PEM file with the Ed25519 key that signs checkpoints of the log; `mingjian key` makes one. To change the key, the file has the new key first and then the old one for a while. See [Signed checkpoints](deployment.md#signed-checkpoints)',
  }),
  origin: setting('LEDGER_ORIGIN', {
    parser: z
      .string()
      .refine(isKeyName, 'expected a name without spaces and plus signs, such as budget.example/ledger'),
    otherwise: 'none; it is required with `SIGNING_KEY_FILE`',
    insteadInDemo: 'a name of the demo',
    meaning:
      'the name of the ledger in its checkpoints, such as `budget.example/ledger`. It never changes, and no other ledger has it',
  }),
};
