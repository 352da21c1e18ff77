import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { KeyedQueue } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { Outage, UnansweredWrite } from '../kernel/outage';
import { ok, Result } from '../kernel/refusal';
import { HeldCommand } from './accepted-command';
import { CommandOutcome, CommandRequest, MadeFollowUp } from './command-request';
import { Decider } from './decider';
import { FollowUpWriter } from './follow-ups';
import { JoinedAppends } from './joined-appends';
import { judge, Judgement, JudgingOptions } from './judging';
import { Rehearsal } from './rehearsal';
import { Sees, StreamRecord, StreamRecords, StreamRecordsOptions } from './stream-records';
import { WaitingCommand, WaitingCommands } from './waiting-commands';

export interface CommandHandlerOptions extends JudgingOptions, StreamRecordsOptions {
  readonly log: EventStore;
  readonly streams: StreamNames;
  readonly cachedEntities?: number;
}

function withFollowUps(outcome: CommandOutcome, made: readonly MadeFollowUp[]): CommandOutcome {
  const followUps = made.filter(({ follows }) => follows === outcome.id);
  return followUps.length === 0 ? outcome : { ...outcome, followUps };
}

const ATTEMPTS = 20;

/**
 * Load, decide, append, retry. In this process, commands on one entity are decided one after the other, and those that wait at the same
 * time are appended together. Between processes, the store checks the expected revision; after a conflict the command is decided again
 * on the new record.
 */
export class CommandHandler {
  private readonly records: StreamRecords;
  private readonly followUps: FollowUpWriter;
  private readonly queue = new KeyedQueue();
  private readonly waiting = new WaitingCommands();
  private readonly appends: JoinedAppends;

  constructor(private readonly options: CommandHandlerOptions) {
    this.records = new StreamRecords(options, options.cachedEntities ?? 10_000);
    this.followUps = new FollowUpWriter(options, this.records);
    this.appends = new JoinedAppends(options, this.records, this.waiting);
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
    const command = new WaitingCommand(request as unknown as CommandRequest<never, never>);
    const stream = this.options.streams.streamOf(request.entity);
    this.waiting.add(stream, command);
    const turn = async (): Promise<Result<CommandOutcome | HeldCommand>> => {
      this.waiting.delete(stream, command);
      const answered = command.answered();
      return answered === undefined ? this.attempts(request, command) : ok(answered);
    };
    return this.inTurn(request, turn, () => command.abandon());
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
    command: WaitingCommand,
  ): Promise<Result<CommandOutcome | HeldCommand>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.recordOf(request);
      // What it is judged on has the follow-ups of earlier changes.
      const made = await this.followUps.finish(request.decider, request.entity, before);
      const judged = await judge(this.options, this.records, request, before);
      if (!judged.ok) return judged;
      if (judged.value.kind === 'repeated') return ok(withFollowUps(judged.value.outcome, made));
      if (judged.value.accepted.needsSecondPerson) return ok({ held: judged.value.accepted });
      const outcome = await this.appends.append(command, judged.value.accepted);
      if (outcome !== 'superseded') {
        const isFollowed = judged.value.accepted.followUps.length > 0;
        return ok(isFollowed ? await this.followed(request, outcome, command) : outcome);
      }
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent commands on ${request.entity.code}`);
  }

  private async followed<State, Command>(
    { decider, entity }: CommandRequest<State, Command>,
    outcome: CommandOutcome,
    command: WaitingCommand,
  ): Promise<CommandOutcome> {
    command.sent = true;
    try {
      const record = await this.recordOf({ decider, entity });
      return withFollowUps(outcome, await this.followUps.finish(decider, entity, record));
    } catch (error) {
      if (error instanceof Outage) throw new UnansweredWrite('The follow-up is not on record', { cause: error });
      throw error;
    } finally {
      command.sent = false;
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
}
