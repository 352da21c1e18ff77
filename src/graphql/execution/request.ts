import { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { HttpRefusal } from '../../http/refusal';

export type Variables = Readonly<Record<string, unknown>>;

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
}

/** A request on its way through the guards. */
export interface GuardedRequest extends OperationRequest {
  /** The kinds of operation that its transport takes. */
  readonly kinds: OperationKinds;
  /** Set by the guard that parses it. */
  document?: DocumentNode;
  /** undefined also if the document does not have the operation that the request names. */
  operation?: OperationDefinitionNode;
}

/** The document of a request that the parsing guard has passed. */
export function documentOf({ document }: GuardedRequest): DocumentNode {
  if (document === undefined) throw new Error('The document is not parsed yet');
  return document;
}
