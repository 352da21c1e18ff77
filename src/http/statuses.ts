import { Refusal } from '../kernel/refusal';

/** Every code that a client can get in `extensions.code`. */
export type ErrorCode = Refusal['kind'] | 'UNAVAILABLE' | 'INTERNAL_SERVER_ERROR';

interface Row {
  /** The code in the answer. */
  readonly code: ErrorCode;
  /**
   * At `/graphql`, for a request that was not executed. An executed operation is 200, whatever its errors, unless an outage has
   * kept all of it from being answered.
   */
  readonly graphql: number;
  /** At every other address. */
  readonly other: number;
}

const row = (code: ErrorCode, graphql: number, other = graphql): Row => ({ code, graphql, other });

/** The one table from refusals to HTTP statuses. The last rows are for requests whose HTTP form is refused. */
export const STATUSES = {
  BAD_USER_INPUT: row('BAD_USER_INPUT', 400),
  UNAUTHENTICATED: row('UNAUTHENTICATED', 401),
  FORBIDDEN: row('FORBIDDEN', 400, 403),
  NOT_FOUND: row('NOT_FOUND', 400, 404),
  CONFLICT: row('CONFLICT', 400),
  RULE_VIOLATION: row('RULE_VIOLATION', 400),
  AS_OF_IN_FUTURE: row('AS_OF_IN_FUTURE', 400),
  DOCUMENT_NOT_TRUSTED: row('DOCUMENT_NOT_TRUSTED', 400, 403),
  LIMIT_EXCEEDED: row('LIMIT_EXCEEDED', 400, 429),
  READ_MODEL_BEHIND: row('READ_MODEL_BEHIND', 503),
  READ_NOT_RECORDED: row('READ_NOT_RECORDED', 503),
  UNAVAILABLE: row('UNAVAILABLE', 503),
  INTERNAL_SERVER_ERROR: row('INTERNAL_SERVER_ERROR', 400, 500),

  METHOD_NOT_ALLOWED: row('BAD_USER_INPUT', 405),
  NOT_ACCEPTABLE: row('BAD_USER_INPUT', 400, 406),
  REQUEST_TIMEOUT: row('BAD_USER_INPUT', 400, 408),
  TOO_MANY_REQUESTS: row('LIMIT_EXCEEDED', 429),
  OVERLOADED: row('LIMIT_EXCEEDED', 503),
  CONTENT_TOO_LARGE: row('LIMIT_EXCEEDED', 413),
  UNSUPPORTED_MEDIA_TYPE: row('BAD_USER_INPUT', 415),
  HEADERS_TOO_LARGE: row('BAD_USER_INPUT', 400, 431),
} as const satisfies Readonly<Record<ErrorCode, Row>> & Readonly<Record<string, Row>>;

export type StatusName = keyof typeof STATUSES;

const OF_GRAPHQL: ReadonlySet<number> = new Set(Object.values(STATUSES).map(({ graphql }) => graphql));

/** The status of a request that a framework refused: the API answers 400 for statuses that it does not have. */
export const statusOfFramework = (status: number): number =>
  status < 400 || OF_GRAPHQL.has(status) ? status : STATUSES.BAD_USER_INPUT.graphql;
