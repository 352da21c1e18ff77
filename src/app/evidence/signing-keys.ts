import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Signer, signerOf } from '../../evidence/notes/signatures';
import { MOST_KEYS, VerifierKey } from '../../evidence/notes/verifier-key';
import { writePrivateFile } from '../../machine/private-files';
import { isFileError } from '../../machine/file-errors';
import { Config, ConfigError } from '../config';

const DEMO_ORIGIN = 'demo.mingjian.example/ledger';
const KEY = /-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----/g;

export interface SigningKeys {
  readonly origin: string;
  /** The newest first. */
  readonly signers: readonly Signer[];
}

/** A new private key, as PEM. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

/**
 * The keys that the configuration names; undefined if the log is not signed. Another log of the ledger has its own origin, which ends in
 * `part`. Throws `ConfigError`.
 */
export function signingKeys({ demo, dataDir, signing }: Config, part = ''): SigningKeys | undefined {
  if (demo) {
    const file = path.join(dataDir, 'demo-signing-key.pem');
    if (!existsSync(file)) writePrivateFile(file, newSigningKey());
    const keys = keysOf(file, `${DEMO_ORIGIN}${part}`);
    if (part === '') writePrivateFile(path.join(dataDir, 'demo-policy.txt'), policyTrusting(keys.signers));
    return keys;
  }
  const { keyFile, origin } = signing;
  if (keyFile === undefined || origin === undefined) return undefined;
  return keysOf(keyFile, `${origin}${part}`);
}

const keysOf = (file: string, origin: string): SigningKeys => ({
  origin,
  signers: signersIn('SIGNING_KEY_FILE', file, { name: origin, type: 'note' }),
});

/** A policy (C2SP tlog-policy) that trusts these keys and needs no witness. */
const policyTrusting = (signers: readonly Signer[]): string =>
  `${signers.map(({ key }) => `log ${key.text}\n`).join('')}quorum none\n`;

/** The keys in the file that a variable names. Throws `ConfigError`. */
export function signersIn(
  variable: string,
  file: string,
  { name, type }: Pick<VerifierKey, 'name' | 'type'>,
): readonly Signer[] {
  try {
    const keys = readFileSync(file, 'utf8').match(KEY) ?? [];
    if (keys.length === 0) throw new TypeError('it has no private key in PEM form');
    if (keys.length > MOST_KEYS) throw new TypeError(`it has ${keys.length} keys; ${MOST_KEYS} are allowed`);
    return keys.map((pem) => signerOf(name, type, pem));
  } catch (error) {
    if (isFileError(error) || error instanceof TypeError) {
      throw new ConfigError(`${variable}: ${file}: ${error.message}`);
    }
    // What OpenSSL says of a key.
    throw new ConfigError(`${variable}: ${file}: it has a key that cannot be read`, { cause: error });
  }
}
