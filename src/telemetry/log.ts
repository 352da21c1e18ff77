import { ClocksTurned, OperationEnded, Signal, Telemetry, Trouble } from '../kernel/telemetry';

import { AccessLogOptions, accessLog } from './access-log';
import { Log } from './log-port';

/** Writes what the operator has to know to the server's log. docs/operations.md says what each level means. */
export function logTelemetry(log: Log, access?: AccessLogOptions): Telemetry {
  const writeOperation = access === undefined ? () => undefined : accessLog(log, access);
  return {
    report(signal) {
      write(signal, log, writeOperation);
    },
  };
}

function write(signal: Signal, log: Log, writeOperation: (operation: OperationEnded) => void): void {
  switch (signal.kind) {
    case 'trouble':
      writeTrouble(signal, log);
      return;
    case 'trouble-over':
      log.error({ source: signal.source }, 'what the ledger reported is over');
      return;
    case 'fault':
      log.error(signal.details, signal.message);
      return;
    case 'framework-warning':
      log.warn({}, signal.message);
      return;
    case 'eviction-possible':
    case 'anchor-missing':
      log.warn({}, signal.problem);
      return;
    case 'outage-turned':
      log.error(
        { problems: signal.problems, err: signal.cause },
        `an outage has ${signal.turn === 'began' ? 'begun' : 'changed'}`,
      );
      return;
    case 'outage-ended':
      log.error({ milliseconds: signal.milliseconds, refusals: signal.refusals }, 'an outage is over');
      return;
    case 'clocks-turned':
      writeClocks(signal, log);
      return;
    case 'unlisted-document':
      log.warn(
        { sha256: signal.sha256, characters: signal.characters },
        'a document was executed that is not in TRUSTED_DOCUMENTS',
      );
      return;
    case 'token-refused':
      log.info({ reason: signal.reason }, 'a token was refused');
      return;
    case 'token-reads-nothing':
      log.warn(
        { sub: signal.sub, roles: signal.roles },
        'a token may read no department: it names none in departments or readDepartments',
      );
      return;
    case 'webhook-stopped':
      log.error({ webhook: signal.webhook, reason: signal.reason }, 'a webhook has stopped');
      return;
    case 'operation-ended':
      writeOperation(signal);
      return;
    case 'appended':
    case 'engine-called':
    case 'cache-asked':
    case 'cache-filled':
    case 'reads-recorded':
    case 'reads-unrecorded':
    case 'webhook-attempt':
      return;
    default:
      signal satisfies never;
  }
}

function writeClocks({ trouble, warning }: ClocksTurned, log: Log): void {
  if (trouble === undefined) log.warn({}, 'the clock of this node and the events agree again');
  else log.warn({ trouble, warning }, 'the clock of this node and the events do not agree');
}

function writeTrouble({ source, error }: Trouble, log: Log): void {
  switch (source) {
    case 'event-store':
      log.warn({ err: error }, 'the event store reported an error');
      return;
    case 'redis':
      log.warn({ err: error }, 'Redis reported an error');
      return;
    case 'revoked-tokens':
      log.error({ err: error }, 'the list of revoked tokens is not as it should be');
      return;
    case 'read-models':
      log.warn({ err: error }, 'read models were thrown away and are built again');
      return;
    case 'projector':
    case 'live-feed':
    case 'log-watch':
    case 'follow-ups':
    case 'tree':
    case 'reads':
    case 'webhooks':
      log.error({ err: error, source }, 'the ledger reported an error');
      return;
    default:
      source satisfies never;
  }
}
