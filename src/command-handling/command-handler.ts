import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { KeyedQueue } from '../kernel/async';
import { Outage, UnansweredWrite } from '../kernel/outage';
import { ok, Result } from '../kernel/refusal';
import { CommandOutcome, CommandRequest } from './command-request';
import { AcceptedCommand, judge, Judgement, JudgingOptions } from './judging';
import { StreamRecords } from './stream-records';

export interface CommandHandlerOptions extends JudgingOptions {
  readonly log: EventStore;
  readonly cachedEntities?: number;
}

/** Whether the append of a command is on its way. */
interface Sending {
  sent: boolean;
}

const unanswered = ({ sent }: Sending): Outage =>
  sent ? new UnansweredWrite('The append was not answered in time') : new Outage('Nothing was recorded in time');

const ATTEMPTS = 20;

/**
 * Load, decide, append, retry. In this process, commands on one entity run one after the other. Between processes, the store
 * checks the expected revision; after a conflict the command is decided again on the new record.
 */
export class CommandHandler {
  private readonly records: StreamRecords;
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: CommandHandlerOptions) {
    this.records = new StreamRecords(options.log, options.cachedEntities ?? 10_000);
  }

  /** Discards everything that was read from the log. A read that is under way is not cached either. */
  forget(): void {
    this.records.forget();
  }

  /**
   * If the request gives up before the append was sent, nothing is recorded. If it gives up later, `UnansweredWrite` is thrown, and
   * the append may still be recorded.
   */
  async execute<State, Command>(request: CommandRequest<State, Command>): Promise<Result<CommandOutcome>> {
    const sending: Sending = { sent: false };
    return this.inTurn(
      request,
      () => this.attempts(request, sending),
      () => unanswered(sending),
    );
  }

  /** Judges the command as `execute` would, and records nothing. */
  async judge<State, Command>(request: CommandRequest<State, Command>): Promise<Result<Judgement>> {
    return this.inTurn(
      request,
      () => this.judged(request),
      () => new Outage('The command was not judged in time'),
    );
  }

  private async inTurn<State, Command, Value>(
    { entity, patience }: CommandRequest<State, Command>,
    work: () => Promise<Value>,
    onImpatience: () => Outage,
  ): Promise<Value> {
    const value = this.queue.run(this.options.streams.streamOf(entity), work);
    return patience === undefined ? value : patience.bound(value, onImpatience);
  }

  private async attempts<State, Command>(
    request: CommandRequest<State, Command>,
    sending: Sending,
  ): Promise<Result<CommandOutcome>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const judged = await this.judged(request);
      if (!judged.ok) return judged;
      if (judged.value.kind === 'repeated') return ok(judged.value.outcome);
      request.patience?.require();
      const outcome = await this.append(judged.value.accepted, sending);
      if (outcome !== 'superseded') return ok(outcome);
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent commands on ${request.entity.code}`);
  }

  private judged<State, Command>(request: CommandRequest<State, Command>): Promise<Result<Judgement>> {
    request.patience?.require();
    return judge(this.options, this.records, request);
  }

  private async append(
    { stream, before, events }: AcceptedCommand,
    sending: Sending,
  ): Promise<CommandOutcome | 'superseded'> {
    sending.sent = true;
    const appended = await this.options.log.append(
      stream,
      events,
      before.revision < 0n ? 'no-stream' : before.revision,
    );
    sending.sent = false;
    if (appended.kind === 'conflict') return 'superseded';
    const { position } = appended;
    return { id: events.at(-1)?.id ?? '', position, changes: events.length, isRepeated: false };
  }
}
