import { z } from 'zod';
import { isKeyName, MOST_KEYS, parseVerifierKey } from '../../evidence/notes/verifier-key';
import { UnsoundEvidence } from '../../evidence/unsound';
import { setting } from './setting';

function isVerifierKey(text: string): boolean {
  try {
    return parseVerifierKey(text).type === 'note';
  } catch (error) {
    if (error instanceof UnsoundEvidence) return false;
    throw error;
  }
}

/** Who signs the log. */
export const SIGNING_SETTINGS = {
  keyFile: setting('SIGNING_KEY_FILE', {
    parser: z.string(),
    otherwise: 'the log is not signed',
    insteadInDemo: 'a key of the demo',
    meaning:
      'a PEM file with the Ed25519 key that signs checkpoints of the log; `mingjian key` makes one. To change the key, the file has the new key first and then the old one for a while. See [Signed checkpoints](deployment.md#signed-checkpoints)',
  }),
  verifierKeys: setting('VERIFIER_KEYS', {
    parser: z
      .string()
      .transform((text) => text.split(',').map((key) => key.trim()))
      .pipe(
        z
          .array(z.string().refine(isVerifierKey, 'expected verifier keys, as `mingjian key` prints them'))
          .max(MOST_KEYS),
      ),
    otherwise: 'a process with `SIGNING_KEY_FILE` has them; others prove nothing',
    meaning:
      'the public verifier keys of the ledger, with commas between them. A process without the signing key, such as one that only has the role `api`, needs them to compare events with the tree, and to answer with proofs. It finds the checkpoints in Redis',
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
