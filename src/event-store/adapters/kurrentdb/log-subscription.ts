import { LogMismatch, Outage } from '../../../kernel/outage';
import { LogMessage } from '../../event-store';
import { Connection } from './connection';
import { follow, Watch } from './log-feed';
import { LogHead } from './log-head';
import { Progress } from './progress';
import { pause, requireOpen } from './waiting';

export interface SubscriptionSettings {
  /** After a silence of this length the last position seen is compared with the head. */
  readonly watchdogMs: number;
  readonly backOffMs: { readonly first: number; readonly most: number };
  readonly onTrouble: (error: unknown) => void;
}

/** Goes on after any end of the client's subscription, from the last event or checkpoint that came. */
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
        // Only now is it the server that the messages come from which will be asked about its log.
        if (isResumed) yield { kind: 'resumed' };
        isResumed = false;
        if (message.kind === 'events') head.saw(progress.position);
        yield message;
      }
    } catch (error) {
      if (!(error instanceof Outage) || error instanceof LogMismatch) throw error;
      if (!isOver()) settings.onTrouble(error);
    }
    await pause(delay(failures++, settings.backOffMs), either);
  }
  if (!signal.aborted) requireOpen(connection.closing);
}

/** Half of it by chance, so that many nodes do not come back in step. */
const delay = (failures: number, { first, most }: SubscriptionSettings['backOffMs']): number =>
  Math.min(first * 2 ** Math.min(failures, 20), most) * (0.5 + Math.random() / 2);

/** A subscription can die without a word. What was on record a whole interval ago must have come, and the caught-up mark as well. */
function watchdog(head: LogHead, everyMs: number): Watch {
  let caughtUp = false;
  let expected = false;
  return {
    everyMs,
    alive(kind) {
      caughtUp ||= kind === 'caught-up';
      expected = false;
    },
    async silent(position) {
      if (expected) throw new Outage('Event store: a subscription has fallen silent');
      expected = !caughtUp || (await head.read()) > position;
    },
  };
}
