import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJsonFile } from '../../kernel/json-file';

/** A document that the operator trusts, as its manifest lists it. */
export interface ListedDocument {
  /** The SHA-256 of the text, in hexadecimal digits. It names the document. */
  readonly hash: string;
  readonly text: string;
  /** What people call it. */
  readonly name?: string;
}

/** A manifest that cannot be used. The message says what is wrong. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

export const APOLLO_FORMAT = 'apollo-persisted-query-manifest';
const PREFIX = 'sha256:';

/** The format of Apollo's tools. They write more fields of an operation, which we do not need. */
const ApolloManifest = z.object({
  format: z.literal(APOLLO_FORMAT),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string(), name: z.string().optional() })),
});
const FlatMap = z.record(z.string(), z.string());

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash in a name of a document: `sha256:…`, or only the hexadecimal digits. undefined if it is no such name. */
export function hashIn(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const digits = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return /^[0-9a-f]{64}$/i.test(digits) ? digits.toLowerCase() : undefined;
}

/**
 * Reads a manifest: Apollo's format, or a JSON object from hash to document. Throws `ManifestError` if it is neither, or if a name
 * is not the hash of its text: then somebody changed a text after it was listed.
 */
export function readManifest(json: string): readonly ListedDocument[] {
  const listed = entriesIn(parseJsonFile(json, (problem) => new ManifestError(`the manifest ${problem}`)));
  const documents = new Map<string, ListedDocument>();
  for (const { id, text, name } of listed) {
    const hash = hashOf(text);
    if (hashIn(id) !== hash)
      throw new ManifestError(
        `the document ${JSON.stringify(name ?? id)} is not named by the SHA-256 of its text, ${hash}`,
      );
    documents.set(hash, { hash, text, name });
  }
  return [...documents.values()];
}

interface Entry {
  readonly id: string;
  readonly text: string;
  readonly name?: string;
}

function entriesIn(manifest: unknown): readonly Entry[] {
  const apollo = ApolloManifest.safeParse(manifest);
  if (apollo.success) return apollo.data.operations.map(({ id, body, name }) => ({ id, text: body, name }));
  const flat = FlatMap.safeParse(manifest);
  if (flat.success && !('format' in flat.data)) return Object.entries(flat.data).map(([id, text]) => ({ id, text }));
  throw new ManifestError(
    `the manifest is neither ${APOLLO_FORMAT} version 1 nor a JSON object from SHA-256 to document`,
  );
}
