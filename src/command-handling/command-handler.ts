import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { KeyedQueue } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { Outage, UnansweredWrite } from '../kernel/outage';
import { ok, Result } from '../kernel/refusal';
import { AcceptedCommand, HeldCommand } from './accepted-command';
import { CommandOutcome, CommandRequest, MadeFollowUp } from './command-request';
import { Decider } from './decider';
import { FollowUpWriter } from './follow-ups';
import { judge, Judgement, JudgingOptions } from './judging';
import { Rehearsal } from './rehearsal';
import { Sees, StreamRecord, StreamRecords, StreamRecordsOptions } from './stream-records';

export interface CommandHandlerOptions extends JudgingOptions, StreamRecordsOptions {
  readonly log: EventStore;
  readonly streams: StreamNames;
  readonly cachedEntities?: number;
}

/** Whether the append of a command is on its way. */
interface Sending {
  sent: boolean;
}

const unanswered = ({ sent }: Sending): Outage =>
  sent ? new UnansweredWrite('The append was not answered in time') : new Outage('Nothing was recorded in time');

function withFollowUps(outcome: CommandOutcome, made: readonly MadeFollowUp[]): CommandOutcome {
  const followUps = made.filter(({ follows }) => follows === outcome.id);
  return followUps.length === 0 ? outcome : { ...outcome, followUps };
}

const ATTEMPTS = 20;

/**
 * Load, decide, append, retry. In this process, commands on one entity run one after the other. Between processes, the store
 * checks the expected revision; after a conflict the command is decided again on the new record.
 */
export class CommandHandler {
  private readonly records: StreamRecords;
  private readonly followUps: FollowUpWriter;
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: CommandHandlerOptions) {
    this.records = new StreamRecords(options, options.cachedEntities ?? 10_000);
    this.followUps = new FollowUpWriter(options, this.records);
  }

  /** Discards everything that was read from the log. A read that is under way is not cached either. */
  forget(): void {
    this.records.forget();
  }

  /**
   * If the request gives up before the append was sent, nothing is recorded. If it gives up later, `UnansweredWrite` is thrown, and
   * the append may still be recorded. If a second person has to confirm the command, nothing is recorded.
   */
  async execute<State, Command>(
    request: CommandRequest<State, Command>,
  ): Promise<Result<CommandOutcome | HeldCommand>> {
    const sending: Sending = { sent: false };
    return this.inTurn(
      request,
      () => this.attempts(request, sending),
      () => unanswered(sending),
    );
  }

  /** Judges the command as `execute` would, and records nothing. */
  async judge<State, Command>(request: CommandRequest<State, Command>): Promise<Result<Judgement>> {
    return this.judgeAnd(request, (judged) => Promise.resolve(judged));
  }

  /** Judges the command, and goes on with the judgement before this process judges another command on the entity. */
  async judgeAnd<State, Command, Value>(
    request: CommandRequest<State, Command>,
    next: (judged: Result<Judgement>) => Promise<Value>,
  ): Promise<Value> {
    return this.inTurn(
      request,
      async () => next(await judge(this.options, this.records, request, await this.recordOf(request))),
      () => new Outage('The command was not judged in time'),
    );
  }

  /** For several commands that are judged one after the other, and not recorded. */
  rehearsal(): Rehearsal {
    return new Rehearsal(this.options, this.records);
  }

  /** The newest record of an entity, as somebody finds it that sees only some departments. */
  read<State>(decider: Decider<State, never>, entity: EntityName, sees?: Sees): Promise<StreamRecord> {
    return this.recordOf({ decider, entity, sees });
  }

  /** Appends what has to follow the changes of an entity and is missing. */
  async finish<State>(decider: Decider<State, never>, entity: EntityName): Promise<void> {
    await this.followUps.finish(decider, entity, await this.recordOf({ decider, entity }));
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
  ): Promise<Result<CommandOutcome | HeldCommand>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.recordOf(request);
      // What it is judged on has the follow-ups of earlier changes.
      const made = await this.followUps.finish(request.decider, request.entity, before);
      const judged = await judge(this.options, this.records, request, before);
      if (!judged.ok) return judged;
      if (judged.value.kind === 'repeated') return ok(withFollowUps(judged.value.outcome, made));
      if (judged.value.accepted.needsSecondPerson) return ok({ held: judged.value.accepted });
      request.patience?.require();
      const outcome = await this.append(judged.value.accepted, sending);
      if (outcome !== 'superseded') {
        const isFollowed = judged.value.accepted.followUps.length > 0;
        return ok(isFollowed ? await this.followed(request, outcome, sending) : outcome);
      }
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent commands on ${request.entity.code}`);
  }

  private async followed<State, Command>(
    { decider, entity }: CommandRequest<State, Command>,
    outcome: CommandOutcome,
    sending: Sending,
  ): Promise<CommandOutcome> {
    sending.sent = true;
    try {
      const record = await this.recordOf({ decider, entity });
      return withFollowUps(outcome, await this.followUps.finish(decider, entity, record));
    } catch (error) {
      if (error instanceof Outage) throw new UnansweredWrite('The follow-up is not on record', { cause: error });
      throw error;
    } finally {
      sending.sent = false;
    }
  }

  private recordOf<State>({
    decider,
    entity,
    patience,
    sees,
  }: Pick<CommandRequest<State, never>, 'decider' | 'entity' | 'patience'> &
    Partial<Pick<CommandRequest<State, never>, 'sees'>>): Promise<StreamRecord> {
    patience?.require();
    return this.records.read(entity, decider, sees);
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
