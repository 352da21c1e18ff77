import { StoredEvent } from '../../../src/event-store/envelope';
import { EventStore, LogMessage } from '../../../src/event-store/event-store';

export type Messages = AsyncIterator<LogMessage>;

export const subscribe = (store: EventStore, after: bigint, signal: AbortSignal): Messages =>
  store.subscribe(after, signal)[Symbol.asyncIterator]();

export async function nextMessage(messages: Messages): Promise<LogMessage> {
  const step = await messages.next();
  if (step.done) throw new Error('The subscription ended');
  return step.value;
}

/** Reads until the marked event, and returns all events up to it. */
export async function eventsThrough(messages: Messages, lastId: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  while (!events.some(({ id }) => id === lastId)) {
    const message = await nextMessage(messages);
    if (message.kind === 'events') events.push(...message.events);
  }
  return events;
}

/** Reads until the first "caught up", and returns all events before it. */
export async function eventsUntilCaughtUp(messages: Messages): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const message = await nextMessage(messages);
    if (message.kind === 'caught-up') return events;
    if (message.kind === 'events') events.push(...message.events);
  }
}
