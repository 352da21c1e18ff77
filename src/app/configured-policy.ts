import { readFileSync } from 'node:fs';
import { DEFAULT_POLICY, Policy, policyOf } from '../auth/policy';
import { PolicyFileError, rightsWith } from '../auth/policy-file';
import { isFileError } from '../machine/file-errors';
import { Config, ConfigError } from './config';

/** What each role may do: the table of rights, with the changes of the operator's file. Throws `ConfigError`. */
export function configuredPolicy({ policyFile: file }: Pick<Config, 'policyFile'>): Policy {
  if (file === undefined) return DEFAULT_POLICY;
  try {
    return policyOf(rightsWith(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof PolicyFileError || isFileError(error))
      throw new ConfigError(`POLICY_FILE: ${file}: ${error.message}`);
    throw error;
  }
}
