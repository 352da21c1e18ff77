import { readFileSync } from 'node:fs';
import { guardsOf } from '../graphql/execution/guards';
import { ListedDocument, ManifestError, readManifest } from '../graphql/trusted-documents/manifest';
import { Trust } from '../graphql/trusted-documents/trust';
import { RefusedDocument, RefusedDocuments } from '../graphql/trusted-documents/trusted-documents';
import { DEFAULT_LIMITS } from '../kernel/limits';
import { isFileError } from '../machine/file-errors';
import { Config, ConfigError } from './config';
import { pageDocuments } from './page';
import { schema } from './features';

export { APOLLO_FORMAT, hashOf, ManifestError, readManifest } from '../graphql/trusted-documents/manifest';
export type { ListedDocument } from '../graphql/trusted-documents/manifest';
export type { RefusedDocument } from '../graphql/trusted-documents/trusted-documents';

/** What the configuration trusts; undefined: any document may be executed. Throws `ConfigError`. */
export function configuredTrust(config: Config, onUnlisted: Trust['onUnlisted']): Trust | undefined {
  const { trustedDocuments: file, trustedDocumentsMode: mode = 'enforce' } = config;
  if (file === undefined || mode === 'off') return undefined;
  try {
    return { mode, onUnlisted, listed: [...readManifest(readFileSync(file, 'utf8')), ...pageDocuments()] };
  } catch (error) {
    if (error instanceof ManifestError || isFileError(error))
      throw new ConfigError(`TRUSTED_DOCUMENTS: ${file}: ${error.message}`);
    throw error;
  }
}

/** The error of a server that does not start because it would refuse a trusted document; undefined for any other error. */
export const trustProblem = (error: unknown): ConfigError | undefined =>
  error instanceof RefusedDocuments ? new ConfigError(`TRUSTED_DOCUMENTS: ${error.message}`) : undefined;

/** The documents of a list that this version of the server would refuse. */
export function refusedAmong(listed: readonly ListedDocument[]): readonly RefusedDocument[] {
  try {
    guardsOf(schema, DEFAULT_LIMITS, { trust: { mode: 'enforce', listed, onUnlisted: () => undefined } });
    return [];
  } catch (error) {
    if (error instanceof RefusedDocuments) return error.refused;
    throw error;
  }
}
