import { GraphQLError, GraphQLFormattedError, isValueNode } from 'graphql';
import { expectedProblem, fault, FaultLog, problemOfRefusal } from '../http/problem';
import { ErrorCode, STATUSES } from '../http/statuses';
import { cut } from '../kernel/echo';
import { LimitName } from '../kernel/limits';
import { limitExceeded, Refusal } from '../kernel/refusal';

/** The error for a refusal. Only UNAUTHENTICATED has a status that Apollo Server takes from the error. */
export function toGraphQLError(refusal: Refusal): GraphQLError {
  const { message, extensions } = problemOfRefusal(refusal);
  const { graphql: status } = STATUSES[refusal.kind];
  const http = refusal.kind === 'UNAUTHENTICATED' ? { http: { status } } : {};
  return new GraphQLError(message, { extensions: { ...extensions, ...http } });
}

/** The refusal of a document. graphql-js adds its line and column. */
export const limitError = (limit: LimitName, message: string): GraphQLError =>
  toGraphQLError(limitExceeded(limit, message).refusal);

/** Codes of the framework, and of graphql-js, in terms of ours. */
const FRAMEWORK_CODES: ReadonlyMap<unknown, ErrorCode> = new Map([
  ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'],
  ['BAD_REQUEST', 'BAD_USER_INPUT'],
  ['GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT'],
  ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'],
]);

/** The codes that a resolver, a rule or a scalar of ours may put on an error. */
const EXPECTED: ReadonlySet<unknown> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RULE_VIOLATION',
  'AS_OF_IN_FUTURE',
  'READ_MODEL_BEHIND',
  'DOCUMENT_NOT_TRUSTED',
  'LIMIT_EXCEEDED',
]);

/** Apollo's `formatError`: makes what a client gets, from the error as Apollo shows it and from what was thrown. */
export type FormatError = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

/** An unknown throw is our fault. */
export function errorFormatter(log: FaultLog): FormatError {
  return ({ message, locations, path, extensions = {} }, thrown) => {
    // Apollo wraps what execution reports, and its own code covers theirs.
    const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
    const place = { path };
    const code = codeOf(cause, extensions.code);
    const problem = expectedProblem(cause, log, place) ?? (code === undefined ? fault(cause, log, place) : undefined);
    if (problem !== undefined) return { message: problem.message, locations, path, extensions: problem.extensions };
    const { stacktrace: _, ...shown } = extensions;
    // graphql-js and Apollo Server repeat what a client sent. A violation has no more of it than its path.
    const safe = 'violations' in shown ? message : cut(message);
    return { message: safe, locations, path, extensions: { ...shown, code } };
  };
}

/** undefined for a fault of ours. */
function codeOf(cause: unknown, shown: unknown): unknown {
  if (cause instanceof GraphQLError) {
    if (EXPECTED.has(cause.extensions.code)) return cause.extensions.code;
    // A variable with a default can be null for an argument that is not nullable. Only execution finds that out.
    const [node] = cause.nodes ?? [];
    if (node && isValueNode(node)) return 'BAD_USER_INPUT' satisfies ErrorCode;
  }
  return EXPECTED.has(shown) ? shown : FRAMEWORK_CODES.get(shown);
}
