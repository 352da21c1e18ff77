import { readFileSync } from 'node:fs';
import { IssuersFileError, readIssuersFile } from '../auth/issuers-file';
import { readRevocationList } from '../auth/revocation-list';
import { RevokedTokens } from '../auth/revoked-tokens';
import { createTokenVerifier } from '../auth/token-verifier';
import { IssuerOptions } from '../auth/trusted-issuer';
import { KeyHolder, TokenVerifier } from '../auth/verified-token';
import { Telemetry } from '../kernel/telemetry';
import { isFileError } from '../machine/file-errors';
import { WatchedFile } from '../machine/watched-file';
import { Config, ConfigError } from './config';

export interface TokenVerification {
  readonly verifier: TokenVerifier & KeyHolder;
  /** What an operator should know of the list of revoked tokens; undefined: nothing. */
  readonly warning: () => string | undefined;
}

export interface TokenVerificationOptions {
  /** How long to wait for each answer of an identity provider. */
  readonly timeoutMs: number;
  readonly telemetry: Telemetry;
  /** Ends the watch over the list of revoked tokens. */
  readonly signal: AbortSignal;
}

type AuthSettings = Partial<Config['auth']>;

const LOOK_EVERY_MS = 1_000;
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/** Verifies tokens as the configuration says. Throws `ConfigError` if a file that it names cannot be used. */
export async function configuredTokens(
  auth: AuthSettings,
  { timeoutMs, telemetry, signal }: TokenVerificationOptions,
): Promise<TokenVerification> {
  const issuers = configuredIssuers(auth);
  if (auth.revokedFile === undefined)
    return { verifier: createTokenVerifier({ issuers, timeoutMs }), warning: () => undefined };
  const revoked = new RevokedTokens();
  let warning: string | undefined;
  const file = new WatchedFile(auth.revokedFile, {
    maxBytes: MAX_LIST_BYTES,
    everyMs: LOOK_EVERY_MS,
    onContent: (content) => {
      const { ids, problem } = readRevocationList(content);
      revoked.revoke(ids);
      return problem;
    },
    onTurn: (problem) => {
      warning = problem && `AUTH_REVOKED_TOKENS: ${problem}; tokens that were added to it may not be revoked`;
      if (warning !== undefined)
        telemetry.report({ kind: 'trouble', source: 'revoked-tokens', error: new Error(warning) });
    },
  });
  const problem = await file.look();
  if (problem !== undefined) throw new ConfigError(`AUTH_REVOKED_TOKENS: ${auth.revokedFile}: ${problem}`);
  void file.watch(signal);
  return { verifier: createTokenVerifier({ issuers, revoked, timeoutMs }), warning: () => warning };
}

function configuredIssuers({
  issuersFile,
  revokedFile: _,
  pseudonymKey: __,
  ...one
}: AuthSettings): readonly IssuerOptions[] {
  if (issuersFile === undefined) return [one];
  try {
    return readIssuersFile(readFileSync(issuersFile, 'utf8'), one);
  } catch (error) {
    if (error instanceof IssuersFileError || isFileError(error))
      throw new ConfigError(`AUTH_ISSUERS_FILE: ${issuersFile}: ${error.message}`);
    throw error;
  }
}
