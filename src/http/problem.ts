import { randomUUID } from 'node:crypto';
import { LimitName } from '../kernel/limits';
import {
  AppendTooLarge,
  LogMismatch,
  Outage,
  ReadModelBehind,
  RequestAborted,
  UnansweredWrite,
} from '../kernel/outage';
import { messageOf, Refusal, Refused, reported } from '../kernel/refusal';
import { HttpRefusal } from './refusal';
import { ErrorCode } from './statuses';

/** What a client learns about a request that failed. GraphQL answers it as an error, every other address in the same form. */
export interface Problem {
  readonly message: string;
  readonly extensions: Extensions;
}

export interface Extensions {
  readonly code: ErrorCode;
  readonly [name: string]: unknown;
}

export interface FaultLog {
  error(details: object, message: string): void;
  /** Takes an outage instead of `error`: many requests meet the same one. */
  outage?(outage: Outage): void;
}

/** The codes of outages. The same request may succeed later. */
export const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['READ_MODEL_BEHIND', 'READ_NOT_RECORDED', 'UNAVAILABLE']);

const CANNOT_BE_REACHED = 'Part of the service cannot be reached; try again';
const UNANSWERED =
  'It is not known whether this was recorded. Send it again with the same idempotencyKey, and it is recorded once; without a key, look first';

const problem = (code: ErrorCode, message: string, details: object = {}): Problem => ({
  message,
  extensions: { code, ...details, ...(RETRYABLE.has(code) ? { retryable: true } : {}) },
});

export const problemOfRefusal = (refusal: Refusal): Problem =>
  problem(refusal.kind, messageOf(refusal), detailsOf(refusal));

function detailsOf(refusal: Refusal): object {
  switch (refusal.kind) {
    case 'BAD_USER_INPUT':
      return reported(refusal);
    case 'CONFLICT':
      return { expectedRevision: refusal.expectedRevision, currentRevision: refusal.currentRevision };
    case 'RULE_VIOLATION':
      return { rule: refusal.rule, remaining: refusal.remaining, asked: refusal.asked, item: refusal.item };
    case 'NOT_FOUND':
      return { item: refusal.item };
    case 'LIMIT_EXCEEDED':
      return { limit: refusal.limit, spent: refusal.spent, allowed: refusal.allowed, fits: refusal.fits };
    default:
      return {};
  }
}

/**
 * The problem of a refusal or an outage; undefined for anything else that was thrown. Outages are logged. `place` says in the log
 * which part of the request failed.
 */
export function expectedProblem(thrown: unknown, log: FaultLog, place: object = {}): Problem | undefined {
  if (thrown instanceof Refused) return problemOfRefusal(thrown.refusal);
  if (thrown instanceof HttpRefusal) return problem(thrown.code, thrown.message, thrown.details);
  if (thrown instanceof ReadModelBehind) return problem('READ_MODEL_BEHIND', `${thrown.message}; try again`);
  if (thrown instanceof LogMismatch) {
    logOutage(thrown, log, place, 'a request met another log');
    const message =
      'The log of the ledger has changed under its read models; an operator has to look before it is used';
    return problem('UNAVAILABLE', message);
  }
  if (thrown instanceof RequestAborted) return problem('UNAVAILABLE', thrown.message);
  if (thrown instanceof Outage) {
    logOutage(thrown, log, place, 'a request met an outage');
    return problem('UNAVAILABLE', thrown instanceof UnansweredWrite ? UNANSWERED : CANNOT_BE_REACHED);
  }
  if (thrown instanceof AppendTooLarge) {
    const limit: LimitName = 'maxAppendBytes';
    return problem('LIMIT_EXCEEDED', 'That is more than can be recorded at once', { limit });
  }
  return undefined;
}

function logOutage(outage: Outage, log: FaultLog, place: object, message: string): void {
  if (log.outage === undefined) log.error({ err: outage, ...place }, message);
  else log.outage(outage);
}

/** A fault of ours: the client gets an id to quote, and the log gets the rest under that id. */
export function fault(thrown: unknown, log: FaultLog, place: object = {}): Problem {
  const id = randomUUID();
  log.error({ err: thrown, ...place, id }, 'a request failed');
  return problem('INTERNAL_SERVER_ERROR', `Something went wrong on our side (${id})`, { id });
}

export const problemOf = (thrown: unknown, log: FaultLog): Problem =>
  expectedProblem(thrown, log) ?? fault(thrown, log);
