import { existsSync, readFileSync } from 'node:fs';
import { newSigningKey, signersIn } from '../app/evidence/signing-keys';
import { writePrivateFile } from '../machine/private-files';
import { readArguments } from './arguments';
import { reportingFiles } from './backup';
import { Command, UsageError } from './command';

const USAGE = `mingjian key <file> [--change] [--witness]

Makes an Ed25519 key that signs checkpoints of the log, and writes it to the file. SIGNING_KEY_FILE names the file, and LEDGER_ORIGIN the ledger. Prints
the verifier keys, which are public: give them to everybody who checks the ledger.

  --change   puts a new key before those in the file. Both sign until you remove the old one from the file
  --witness  makes a key that cosigns checkpoints of other ledgers: WITNESS_KEY_FILE names the file, and WITNESS_NAME the witness
`;

export const keyCommand: Command = {
  name: 'key',
  summary: 'makes a key that signs checkpoints of the log',
  usage: USAGE,
  run(arguments_, { config, out }) {
    const { positionals, values } = readArguments({
      args: [...arguments_],
      allowPositionals: true,
      options: { change: { type: 'boolean', default: false }, witness: { type: 'boolean', default: false } },
    });
    const [file, ...others] = positionals;
    const [variable, name, type] = values.witness
      ? (['WITNESS_NAME', config.witness.name, 'cosignature'] as const)
      : (['LEDGER_ORIGIN', config.signing.origin, 'note'] as const);
    if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
    if (name === undefined) throw new UsageError(`${variable} has to be set: it is the name of the key`);
    if (existsSync(file) !== values.change) {
      throw new UsageError(values.change ? `there is no file ${file}` : `${file} exists already; --change adds a key`);
    }
    reportingFiles(() => {
      writePrivateFile(file, newSigningKey() + (values.change ? readFileSync(file, 'utf8') : ''));
    });
    const signers = signersIn(variable, file, { name, type });
    out.write(signers.map(({ key }) => `${key.text}\n`).join(''));
    return Promise.resolve(0);
  },
};
