import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { ok, Result } from '../kernel/refusal';
import { AcceptedCommand } from './accepted-command';
import { CommandRequest } from './command-request';
import { judge, JudgingOptions } from './judging';
import { StreamRecords, StreamRecordsOptions } from './stream-records';

/** What would become of a command. */
export type Rehearsed = { readonly isRepeated: true } | { readonly needsSecondPerson: boolean };

/**
 * Judges several commands, each as if those before it were recorded, and records nothing. A command that a second person would have to
 * confirm counts as confirmed.
 */
export class Rehearsal {
  private readonly pending: PendingStreams;
  private readonly records: StreamRecords;

  constructor(private readonly options: JudgingOptions & StreamRecordsOptions) {
    this.pending = new PendingStreams(options.log);
    // What another part of the process holds has no pending events.
    this.records = new StreamRecords({ ...options, log: this.pending, heldElsewhere: undefined }, MOST_STREAMS);
  }

  /** Refuses what `CommandHandler.execute` would refuse. */
  async judge<State, Command>(request: CommandRequest<State, Command>): Promise<Result<Rehearsed>> {
    const { entity, decider, patience } = request;
    patience?.require();
    const before = await this.records.read(entity, decider, (home) => request.sees(home));
    const judged = await judge(this.options, this.records, request, before);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'repeated') return ok({ isRepeated: true });
    const { accepted } = judged.value;
    this.pending.append(accepted);
    for (const followUp of accepted.followUps) this.pending.append({ ...followUp, judgedAt: accepted.judgedAt });
    return ok({ needsSecondPerson: accepted.needsSecondPerson });
  }
}

const MOST_STREAMS = 10_000;

/** The streams with events that were not recorded. */
class PendingStreams implements Pick<EventStore, 'readStream'> {
  private readonly events = new Map<string, StoredEvent[]>();

  constructor(private readonly log: Pick<EventStore, 'readStream'>) {}

  append({
    stream,
    before,
    events,
    judgedAt,
  }: Pick<AcceptedCommand, 'stream' | 'before' | 'events' | 'judgedAt'>): void {
    const pending = this.events.get(stream) ?? [];
    for (const [index, event] of events.entries()) {
      const number = BigInt(index + 1);
      const place = { revision: before.revision + number, position: before.position + number };
      pending.push({ ...event, ...place, stream, storedAt: judgedAt });
    }
    this.events.set(stream, pending);
  }

  async *readStream(stream: string, from = 0n): AsyncIterable<StoredEvent> {
    const pending = this.events.get(stream) ?? [];
    const first = pending[0]?.revision;
    if (first === undefined || from < first) {
      for await (const event of this.log.readStream(stream, from)) {
        if (first !== undefined && event.revision >= first) break;
        yield event;
      }
    }
    for (const event of pending) if (event.revision >= from) yield event;
  }
}
