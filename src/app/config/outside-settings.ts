import { z } from 'zod';
import { isKeyName } from '../../evidence/notes/verifier-key';
import { withoutCredentials } from './masking';
import { setting } from './setting';

/** Who else keeps the checkpoints of this ledger. */
export const OUTSIDE_SETTINGS = {
  copies: setting('CHECKPOINTS_URL', {
    parser: z.url({ protocol: /^(https?|file)$/, error: 'expected an http, https or file URL' }),
    otherwise: 'checkpoints are only in `DATA_DIR/tree`',
    masking: withoutCredentials,
    meaning:
      'where copies of the checkpoints are kept: `file:///…` names a file, such as on a disk of another machine; `https://…` an address that answers GET and takes PUT. A process that begins to sign starts from the newest one there. See [Signed checkpoints](deployment.md#signed-checkpoints)',
  }),
  witnesses: setting('WITNESSES_FILE', {
    parser: z.string(),
    otherwise: 'no witness is asked',
    meaning:
      'a policy (C2SP tlog-policy) whose `witness` lines have addresses. Each of these witnesses is asked to cosign the checkpoints (C2SP tlog-witness)',
  }),
};

/** For whom this server is a witness. */
export const WITNESS_SETTINGS = {
  keyFile: setting('WITNESS_KEY_FILE', {
    parser: z.string(),
    otherwise: 'this server is no witness',
    meaning:
      'a PEM file with the Ed25519 key with which this server cosigns the checkpoints of other ledgers (`POST /witness/add-checkpoint`). It has to be another key than that of `SIGNING_KEY_FILE`',
  }),
  name: setting('WITNESS_NAME', {
    parser: z
      .string()
      .refine(isKeyName, 'expected a name without spaces and plus signs, such as audit.example/witness'),
    otherwise: 'none; it is required with `WITNESS_KEY_FILE`',
    meaning: 'the name under which this server cosigns, such as `audit.example/witness`',
  }),
  logs: setting('WITNESSED_LOGS_FILE', {
    parser: z.string(),
    otherwise: 'none; it is required with `WITNESS_KEY_FILE`',
    meaning:
      'a policy (C2SP tlog-policy) whose `log` lines have the verifier keys of the ledgers that this server witnesses',
  }),
};
