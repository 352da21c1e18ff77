import { OutcomeClass } from '../kernel/telemetry';
import { ErrorCode, STATUSES } from './statuses';

const OF_CODE: Readonly<Record<ErrorCode, OutcomeClass>> = {
  BAD_USER_INPUT: 'refused',
  FORBIDDEN: 'refused',
  NOT_FOUND: 'refused',
  CONFLICT: 'refused',
  RULE_VIOLATION: 'refused',
  AS_OF_IN_FUTURE: 'refused',
  DOCUMENT_NOT_TRUSTED: 'refused',
  UNAUTHENTICATED: 'unauthenticated',
  LIMIT_EXCEEDED: 'limited',
  READ_MODEL_BEHIND: 'unavailable',
  READ_NOT_RECORDED: 'unavailable',
  UNAVAILABLE: 'unavailable',
  INTERNAL_SERVER_ERROR: 'fault',
};

/** The most serious comes first. */
const BY_SERIOUSNESS = ['fault', 'unavailable', 'limited', 'unauthenticated', 'refused'] as const;

/** An operation with several errors counts as the most serious of them. */
export function outcomeOf(codes: readonly string[]): OutcomeClass {
  if (codes.length === 0) return 'ok';
  const found = new Set(codes.map((code) => OF_CODE[code as ErrorCode]));
  return BY_SERIOUSNESS.find((outcome) => found.has(outcome)) ?? 'ok';
}

/** The code of a request that was refused before its operation was known. */
export function codeOfStatus(status: number): ErrorCode | undefined {
  if (status < 400) return undefined;
  const rows = Object.values(STATUSES);
  const row = rows.find(({ graphql }) => graphql === status) ?? rows.find(({ other }) => other === status);
  return row?.code ?? 'INTERNAL_SERVER_ERROR';
}
