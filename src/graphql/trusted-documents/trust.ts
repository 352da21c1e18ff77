import { HttpRefusal } from '../../http/refusal';
import { toGraphQLError } from '../errors';
import { Guard, PASSED } from '../execution/guard';
import { GuardedRequest, namesDocument } from '../execution/request';
import { hashIn, ListedDocument } from './manifest';
import { TrustedDocuments } from './trusted-documents';

/** What is done about a document that is not listed: it is executed and reported, or it is refused. */
export const TRUST_MODES = ['log', 'enforce'] as const;
export type TrustMode = (typeof TRUST_MODES)[number];

export interface Trust {
  readonly mode: TrustMode;
  readonly listed: readonly ListedDocument[];
  /** Called for each document that is executed although it is not listed. */
  readonly onUnlisted: (text: string) => void;
}

/** Clients compare the message with this one, and then send the document beside the hash. */
const PERSISTED_QUERY_NOT_FOUND = 'PersistedQueryNotFound';
const NOT_TRUSTED = toGraphQLError({
  kind: 'DOCUMENT_NOT_TRUSTED',
  message: 'This server executes only the documents that its operator has listed, and this is not one of them',
});

/**
 * Finds the document that a request names by its hash, and decides about documents that are not listed. It comes before any other
 * work on the document, so that a refusal costs nothing. If a request has both, its document counts and the hash is ignored.
 */
export const trustDocuments =
  ({ mode, onUnlisted }: Trust, documents: TrustedDocuments): Guard =>
  (request) => {
    const { query } = request;
    // Refused as a document without an operation.
    if (!query && !namesDocument(request)) return PASSED;
    const trusted = query ? documents.withText(query) : documents.withHash(hashNamedBy(request));
    if (trusted !== undefined) {
      request.query = trusted.text;
      request.document = trusted.document;
      request.trustedId = trusted.hash;
      return PASSED;
    }
    if (mode === 'enforce') return [NOT_TRUSTED];
    if (!query) throw new HttpRefusal('BAD_USER_INPUT', PERSISTED_QUERY_NOT_FOUND);
    onUnlisted(query);
    return PASSED;
  };

/** From `documentId`, or from the extension of persisted queries. */
function hashNamedBy({ documentId, extensions }: GuardedRequest): string | undefined {
  if (documentId) return hashIn(documentId);
  const persistedQuery = extensions?.persistedQuery;
  const isObject = typeof persistedQuery === 'object' && persistedQuery !== null;
  return isObject && 'sha256Hash' in persistedQuery ? hashIn(persistedQuery.sha256Hash) : undefined;
}
