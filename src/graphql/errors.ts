import { GraphQLError, GraphQLFormattedError, isValueNode } from 'graphql';
import { randomUUID } from 'node:crypto';
import { LimitName, MAX_VIOLATIONS } from '../kernel/limits';
import { AppendTooLarge, LogMismatch, Outage, ReadModelBehind, RequestAborted } from '../kernel/outage';
import { Refusal, Result } from '../kernel/refusal';

/** Every `extensions.code` that a client can meet. */
export type ErrorCode = Refusal['kind'] | 'UNAVAILABLE' | 'INTERNAL_SERVER_ERROR';

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['READ_MODEL_BEHIND', 'UNAVAILABLE']);

/** The one place where a refusal becomes an error of the API. */
export function toGraphQLError(refusal: Refusal): GraphQLError {
  return new GraphQLError(messageOf(refusal), { extensions: extensionsOf(refusal) });
}

/** Names the limit, so that a client can look it up. */
export const limitExceeded = (limit: LimitName, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', limit } });

/** The value, or the refusal as an error that GraphQL puts in its place. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw toGraphQLError(result.refusal);
  return result.value;
}

function messageOf(refusal: Refusal): string {
  if (refusal.kind !== 'BAD_USER_INPUT') return refusal.message;
  const { violations, violationsOmitted } = reported(refusal);
  const shown = violations.map(({ path, message }) => `${path} ${message}`);
  return [...shown, ...(violationsOmitted === undefined ? [] : [`and ${violationsOmitted} more`])].join('; ');
}

function extensionsOf(refusal: Refusal): Record<string, unknown> {
  const code: ErrorCode = refusal.kind;
  const http = refusal.kind === 'UNAUTHENTICATED' ? { http: { status: 401 } } : {};
  switch (refusal.kind) {
    case 'BAD_USER_INPUT':
      return { code, ...reported(refusal) };
    case 'CONFLICT':
      return { code, expectedRevision: refusal.expectedRevision, currentRevision: refusal.currentRevision };
    case 'RULE_VIOLATION':
      return { code, rule: refusal.rule };
    case 'LIMIT_EXCEEDED':
      return { code, limit: refusal.limit };
    default:
      return { code, ...(RETRYABLE.has(code) ? { retryable: true } : {}), ...http };
  }
}

type BadInput = Extract<Refusal, { readonly kind: 'BAD_USER_INPUT' }>;

/** As many violations as one answer reports, and the number of the others. */
function reported({ violations, violationsOmitted = 0 }: BadInput): Omit<BadInput, 'kind'> {
  const omitted = violationsOmitted + Math.max(0, violations.length - MAX_VIOLATIONS);
  return { violations: violations.slice(0, MAX_VIOLATIONS), ...(omitted === 0 ? {} : { violationsOmitted: omitted }) };
}

/** Codes of the framework, and of graphql-js, in terms of ours. */
const FRAMEWORK_CODES: ReadonlyMap<unknown, ErrorCode> = new Map([
  ['GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT'],
  ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'],
  ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'],
  ['PERSISTED_QUERY_NOT_FOUND', 'BAD_USER_INPUT'],
  ['PERSISTED_QUERY_NOT_SUPPORTED', 'BAD_USER_INPUT'],
  ['BAD_REQUEST', 'BAD_USER_INPUT'],
]);

/** What a resolver, a rule or a scalar of ours can say of itself. */
const EXPECTED: ReadonlySet<unknown> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RULE_VIOLATION',
  'AS_OF_IN_FUTURE',
  'READ_MODEL_BEHIND',
  'LIMIT_EXCEEDED',
]);

export interface FaultLog {
  error(details: object, message: string): void;
}

type Format = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

/**
 * Makes Apollo's `formatError`. An unknown throw is our fault: the client gets an id to quote, the log gets the rest.
 */
export function errorFormatter(log: FaultLog): Format {
  return ({ message, locations, path, extensions = {} }, thrown) => {
    // Apollo wraps what parsing and validation report, and its own code covers theirs.
    const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
    if (cause instanceof ReadModelBehind) {
      const behind = { code: 'READ_MODEL_BEHIND', retryable: true };
      return { message: `${cause.message}; try again`, locations, path, extensions: behind };
    }
    if (cause instanceof LogMismatch) {
      log.error({ err: cause, path }, 'a request met another log');
      const mismatch = { code: 'UNAVAILABLE', retryable: true };
      const told = 'The log of the ledger has changed under its read models; an operator has to look before it is used';
      return { message: told, locations, path, extensions: mismatch };
    }
    if (cause instanceof RequestAborted) {
      const aborted = { code: 'UNAVAILABLE', retryable: true };
      return { message: cause.message, locations, path, extensions: aborted };
    }
    if (cause instanceof Outage) {
      log.error({ err: cause, path }, 'a request met an outage');
      const unavailable = { code: 'UNAVAILABLE', retryable: true };
      return { message: 'Part of the service cannot be reached; try again', locations, path, extensions: unavailable };
    }
    if (cause instanceof AppendTooLarge) {
      const tooLarge = { code: 'LIMIT_EXCEEDED', limit: 'maxAppendBytes' satisfies LimitName };
      return { message: 'That is more than can be recorded at once', locations, path, extensions: tooLarge };
    }
    const code = codeOf(cause, extensions.code);
    if (code === undefined) {
      const id = randomUUID();
      log.error({ err: cause, path, id }, 'a request failed');
      const fault = { code: 'INTERNAL_SERVER_ERROR', id };
      return { message: `Something went wrong on our side (${id})`, locations, path, extensions: fault };
    }
    const { stacktrace: _, ...shown } = extensions;
    return { message, locations, path, extensions: { ...shown, code } };
  };
}

/** undefined for a fault of ours. */
function codeOf(cause: unknown, shown: unknown): unknown {
  if (cause instanceof GraphQLError) {
    if (EXPECTED.has(cause.extensions.code)) return cause.extensions.code;
    // A variable with a default can still hold null where none is taken. Only execution finds out, at the argument's value.
    const [node] = cause.nodes ?? [];
    if (node && isValueNode(node)) return 'BAD_USER_INPUT' satisfies ErrorCode;
  }
  return EXPECTED.has(shown) ? shown : FRAMEWORK_CODES.get(shown);
}
