import { existsSync, readFileSync } from 'node:fs';
import { newSigningKey, signersIn } from '../app/evidence/signing-keys';
import { writePrivateFile } from '../machine/private-files';
import { readArguments } from './arguments';
import { reportingFiles } from './backup';
import { Command, UsageError } from './command';

const USAGE = `mingjian key <file> [--change]

Makes an Ed25519 key that signs checkpoints of the log, and writes it to the file. SIGNING_KEY_FILE names the file, and LEDGER_ORIGIN the ledger. Prints
the verifier keys, which are public: give them to everybody who checks the ledger.

  --change   puts a new key before those in the file. Both sign until you remove the old one from the file
`;

export const keyCommand: Command = {
  name: 'key',
  summary: 'makes a key that signs checkpoints of the log',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { positionals, values } = readArguments({
      args: [...arguments_],
      allowPositionals: true,
      options: { change: { type: 'boolean', default: false } },
    });
    const [file, ...others] = positionals;
    const { origin } = config.signing;
    if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
    if (origin === undefined) throw new UsageError('LEDGER_ORIGIN has to name the ledger');
    if (existsSync(file) !== values.change) {
      throw new UsageError(values.change ? `there is no file ${file}` : `${file} exists already; --change adds a key`);
    }
    reportingFiles(() => {
      writePrivateFile(file, newSigningKey() + (values.change ? readFileSync(file, 'utf8') : ''));
    });
    out.write(signersIn(file, origin).map(({ key }) => `${key.text}\n`).join('')); // prettier-ignore
    return Promise.resolve(0);
  },
};
