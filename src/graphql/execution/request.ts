import { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { Principal } from '../../auth/principal';
import { HttpRefusal } from '../../http/refusal';

export type Variables = Readonly<Record<string, unknown>>;

/** Whether a part of a request is a JSON object, as its variables and its extensions are. */
export const isJsonObject = (value: unknown): value is Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which kinds of operation a transport takes, and how it refuses another. */
export interface OperationKinds {
  readonly taken: ReadonlySet<OperationTypeNode>;
  refusal(kind: OperationTypeNode): HttpRefusal;
}

/** A request for one operation, as its transport received it. */
export interface OperationRequest {
  readonly query?: string;
  readonly operationName?: string | null;
  readonly variables?: Variables | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
  /** Names a document in place of `query`: `sha256:…`. */
  readonly documentId?: unknown;
}

/** Whether a request names a document by a hash. */
export const namesDocument = ({ documentId, extensions }: OperationRequest): boolean =>
  Boolean(documentId) || Boolean(extensions?.persistedQuery);

/** A request on its way through the guards. */
export interface GuardedRequest extends OperationRequest {
  /** Its sender; undefined if every caller may do what it asks for. */
  readonly principal?: Principal;
  /** The kinds of operation that its transport takes. */
  readonly kinds: OperationKinds;
  /** Set by the guard that finds the document which the request names. */
  query?: string;
  /** Set by the guard that finds or parses it. */
  document?: DocumentNode;
  /** The hash of a document that the operator has listed. Set by the guard that finds it. */
  trustedId?: string;
  /** undefined also if the document does not have the operation that the request names. */
  operation?: OperationDefinitionNode;
}

/** The document of a request that the parsing guard has passed. */
export function documentOf({ document }: GuardedRequest): DocumentNode {
  if (document === undefined) throw new Error('The document is not parsed yet');
  return document;
}
