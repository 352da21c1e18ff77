import { OperationEnded, OutcomeClass } from '../kernel/telemetry';
import { Log } from './log-port';

export interface AccessLogOptions {
  /** Whether operations are logged that ended well. */
  readonly accessLog: boolean;
  readonly slowMs: number;
}

const LONGEST_NAME = 64;
const MOST_FIELDS = 20;
/** Names of GraphQL have these characters only; a client may send anything as an operation name. */
const NOT_IN_NAMES = /\W/g;

/** Outcomes that an operator can do something about. The client, or the rules, are the reason for the others. */
const SERIOUS: ReadonlySet<OutcomeClass> = new Set(['unavailable', 'fault']);

/** Writes one line for each operation. It has no variables, no names of persons, no amounts and no tokens. */
export function accessLog(log: Log, { accessLog, slowMs }: AccessLogOptions): (operation: OperationEnded) => void {
  return (operation) => {
    const isSlow = operation.ms > slowMs && operation.type !== 'subscription' && operation.type !== 'export';
    if (isSlow) log.warn(lineOf(operation), 'a slow operation has ended');
    else if (accessLog || SERIOUS.has(operation.outcome)) log.info(lineOf(operation), 'an operation has ended');
  };
}

/** Flat, because pino writes nested values slowly. */
const lineOf = (operation: OperationEnded): object => ({
  transport: operation.transport,
  type: operation.type,
  operation: operation.operationName && cleaned(operation.operationName),
  fields: operation.rootFields.slice(0, MOST_FIELDS).map(cleaned).join(' '),
  trustedId: operation.trustedId,
  sub: operation.sub,
  outcome: operation.outcome,
  codes: operation.codes.length === 0 ? undefined : operation.codes.join(' '),
  ms: Math.round(operation.ms * 10) / 10,
  costFields: operation.cost?.fields,
  costBytes: operation.cost?.bytes,
  costCpuMs: operation.cost?.cpuMs,
  items: operation.items,
  requestId: operation.requestId,
});

const cleaned = (name: string): string => name.slice(0, LONGEST_NAME).replace(NOT_IN_NAMES, '_');
