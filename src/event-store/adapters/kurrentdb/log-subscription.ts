import { LogMismatch, Outage } from '../../../kernel/outage';
import { Telemetry } from '../../../kernel/telemetry';
import { LogMessage } from '../../event-store';
import { Connection } from './connection';
import { follow, Watchdog } from './log-follow';
import { LogHead } from './log-head';
import { Progress } from './progress';
import { pause, requireOpen } from './waiting';

export interface SubscriptionSettings {
  /** After this long without a message, the last position is compared with the head. */
  readonly watchdogMs: number;
  readonly backOffMs: { readonly first: number; readonly most: number };
  readonly telemetry: Telemetry;
}

/** Resumes after any failure of the client's subscription, from the last event or checkpoint that arrived. */
export async function* subscribeToLog(
  connection: Connection,
  head: LogHead,
  settings: SubscriptionSettings,
  after: bigint,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, void> {
  const either = AbortSignal.any([signal, connection.closing]);
  const progress = new Progress(after);
  const isOver = (): boolean => either.aborted;
  let failures = 0;
  for (let isFirst = true; !isOver(); isFirst = false) {
    let isResumed = !isFirst;
    try {
      for await (const message of follow(connection, progress, watchdog(head, settings.watchdogMs), either)) {
        failures = 0;
        // Only after a message is it certain which server answers now.
        if (isResumed) yield { kind: 'resumed' };
        isResumed = false;
        if (message.kind === 'events') head.saw(progress.position);
        yield message;
      }
    } catch (error) {
      if (!(error instanceof Outage) || error instanceof LogMismatch) throw error;
      if (!isOver()) settings.telemetry.report({ kind: 'trouble', source: 'event-store', error });
    }
    await pause(backOff(failures++, settings.backOffMs), either);
  }
  if (!signal.aborted) requireOpen(connection.closing);
}

/** Exponential backoff with jitter, so that many nodes do not reconnect at the same moment. */
const backOff = (failures: number, { first, most }: SubscriptionSettings['backOffMs']): number =>
  Math.min(first * 2 ** Math.min(failures, 20), most) * (0.5 + Math.random() / 2);

/**
 * A subscription can fail without an error. Whatever was in the log one interval ago must have arrived, and "caught up" as
 * well.
 */
function watchdog(head: LogHead, everyMs: number): Watchdog {
  let caughtUp = false;
  let expected = false;
  return {
    everyMs,
    alive(kind) {
      caughtUp ||= kind === 'caught-up';
      expected = false;
    },
    async silent(position) {
      if (expected) throw new Outage('Event store: a subscription no longer delivers events');
      expected = !caughtUp || (await head.read()) > position;
    },
  };
}
