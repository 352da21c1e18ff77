import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CopiesInFile } from '../../evidence/adapters/copies-in-file';
import { CopiesOverHttp } from '../../evidence/adapters/copies-over-http';
import { witnessOverHttp } from '../../evidence/adapters/witness-over-http';
import { CheckpointCopies } from '../../evidence/copies/checkpoint-copies';
import { Policy, parsePolicy } from '../../evidence/notes/policy';
import { UnsoundEvidence } from '../../evidence/unsound';
import { AskedWitness } from '../../evidence/witness/asked-witness';
import { isFileError } from '../../machine/file-errors';
import { Config, ConfigError } from '../config';
import { withoutCredentials } from '../config/masking';

/** Where copies of the checkpoints are kept. Throws `ConfigError`. */
export function configuredCopies({ outside: { copies: url } }: Config): readonly CheckpointCopies[] {
  if (url === undefined) return [];
  const name = `CHECKPOINTS_URL ${withoutCredentials(url)}`;
  if (!url.startsWith('file:')) return [new CopiesOverHttp(name, url)];
  try {
    return [new CopiesInFile(name, fileURLToPath(url))];
  } catch (error) {
    throw new ConfigError(`CHECKPOINTS_URL: ${(error as Error).message}`);
  }
}

/** The witnesses that are asked. Throws `ConfigError`. */
export function configuredWitnesses({ outside: { witnesses: file } }: Config): readonly AskedWitness[] {
  if (file === undefined) return [];
  const { witnesses, addresses } = policyIn('WITNESSES_FILE', file);
  const asked = witnesses.flatMap((key) => {
    const address = addresses.get(key);
    return address === undefined ? [] : [new AskedWitness(witnessOverHttp(key, address))];
  });
  if (asked.length === 0) throw new ConfigError(`WITNESSES_FILE: ${file} has no witness with an address`);
  return asked;
}

/** Throws `ConfigError`. */
export function policyIn(variable: string, file: string): Policy {
  try {
    return parsePolicy(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!isFileError(error) && !(error instanceof UnsoundEvidence)) throw error;
    throw new ConfigError(`${variable}: ${file}: ${error.message}`);
  }
}
