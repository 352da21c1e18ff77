import { appendedBytes } from '../event-store/append-size';
import { EventStore } from '../event-store/event-store';
import { AppendTooLarge, Outage, UnansweredWrite } from '../kernel/outage';
import { longWork } from '../kernel/turns';
import { AcceptedCommand } from './accepted-command';
import { CommandOutcome, CommandRequest } from './command-request';
import { judge, JudgingOptions } from './judging';
import { StreamRecords } from './stream-records';
import { WaitingCommand, WaitingCommands } from './waiting-commands';

/** Of the commands of one append, after the first. */
const MOST_COMMANDS = 100;
/** Of the events of one append, those of its first command aside. */
const MOST_EVENTS = 200;
const MOST_BYTES = 131_072;

/** A command of an append, as it was judged. */
interface Joined {
  readonly command: WaitingCommand;
  readonly accepted: AcceptedCommand;
}

export interface JoinedAppendsOptions extends JudgingOptions {
  readonly log: Pick<EventStore, 'append' | 'readStream'>;
}

/**
 * Commands that wait for one stream are judged one after the other, each on the record that those before it would leave, and are
 * appended together: all of them or none. So many commands on one entity wait for one append, and not for one append each.
 *
 * Only an accepted command is appended together with one before it. Whatever else becomes of a command is said in its own turn, when the
 * commands before it are recorded: no refusal rests on what may never be recorded. If the append meets a conflict, each command is judged
 * again in its own turn.
 */
export class JoinedAppends {
  constructor(
    private readonly options: JoinedAppendsOptions,
    private readonly records: StreamRecords,
    private readonly waiting: WaitingCommands,
  ) {}

  /** Appends the command whose turn it is, and those that can be appended with it. */
  async append(command: WaitingCommand, accepted: AcceptedCommand): Promise<CommandOutcome | 'superseded'> {
    const joined = beforeAbandoned(await this.joining(command.request, accepted));
    command.request.patience?.require();
    try {
      return await this.appendAll([{ command, accepted }, ...joined]);
    } catch (error) {
      // A store may accept less than the port promises. Nothing was recorded.
      if (!(error instanceof AppendTooLarge) || joined.length === 0) throw error;
      return this.appendAll([{ command, accepted }]);
    }
  }

  private async joining(
    { decider, entity }: CommandRequest<never, never>,
    first: AcceptedCommand,
  ): Promise<readonly Joined[]> {
    const joined: Joined[] = [];
    let [record, last, events, bytes] = [first.before, first, 0, 0];
    for (const command of this.waiting.of(first.stream)) {
      if (joined.length === MOST_COMMANDS || !mayJoin(command.request) || last.followUps.length > 0) break;
      await longWork.turn();
      record = this.records.pending(entity, decider, record, last);
      const accepted = await this.accepted(command.request, record);
      if (accepted === undefined) break;
      events += accepted.events.length;
      for (const event of accepted.events) bytes += appendedBytes(event);
      if (events > MOST_EVENTS || bytes > MOST_BYTES) break;
      joined.push({ command, accepted });
      last = accepted;
    }
    return joined;
  }

  /** undefined if anything else has to be done or said. */
  private async accepted(
    request: CommandRequest<never, never>,
    record: AcceptedCommand['before'],
  ): Promise<AcceptedCommand | undefined> {
    if (record.home !== undefined && !request.sees(record.home)) return undefined;
    try {
      request.patience?.require();
      const judged = await judge(this.options, this.records, request, record);
      if (!judged.ok || judged.value.kind === 'repeated') return undefined;
      const { accepted } = judged.value;
      return accepted.needsSecondPerson || accepted.followUps.length > 0 ? undefined : accepted;
    } catch {
      // It is thrown again in the command's own turn, to its caller alone.
      return undefined;
    }
  }

  private async appendAll(all: readonly [Joined, ...Joined[]]): Promise<CommandOutcome | 'superseded'> {
    const [{ accepted: first }, ...others] = all;
    const { stream, before } = first;
    for (const { command } of all) command.sent = true;
    try {
      const events = all.flatMap(({ accepted }) => accepted.events);
      const appended = await this.options.log.append(
        stream,
        events,
        before.revision < 0n ? 'no-stream' : before.revision,
      );
      const outcomes = appended.kind === 'conflict' ? undefined : await this.outcomes(all, appended.position);
      // Those that are recorded stay sent until their own turns: their callers may give up before.
      const settled = outcomes === undefined ? all : [all[0]];
      for (const { command } of settled) command.sent = false;
      if (outcomes === undefined) return 'superseded';
      others.forEach(({ command }, index) => {
        command.succeed(outcomes[index + 1] as CommandOutcome);
      });
      return outcomes[0] as CommandOutcome;
    } catch (error) {
      if (error instanceof AppendTooLarge) for (const { command } of all) command.sent = false;
      else for (const { command } of others) command.fail(error);
      throw error;
    }
  }

  /** What became of each command of an append that was made. The store says only where the last event is. */
  private async outcomes(all: readonly Joined[], last: bigint): Promise<readonly CommandOutcome[]> {
    const positions = all.length === 1 ? undefined : await this.positionsOf(all);
    return all.map(({ accepted: { events } }) => {
      const id = events.at(-1)?.id ?? '';
      const position = positions === undefined ? last : positions.get(id);
      if (position === undefined) throw new UnansweredWrite('An event that was appended is not found');
      return { id, position, changes: events.length, isRepeated: false };
    });
  }

  private async positionsOf(all: readonly Joined[]): Promise<ReadonlyMap<string, bigint>> {
    const positions = new Map<string, bigint>();
    const [{ stream, before }] = [(all[0] as Joined).accepted];
    let left = all.reduce((sum, { accepted }) => sum + accepted.events.length, 0);
    try {
      for await (const { id, position } of this.options.log.readStream(stream, before.revision + 1n)) {
        positions.set(id, position);
        if (--left === 0) break;
      }
      return positions;
    } catch (error) {
      if (error instanceof Outage)
        throw new UnansweredWrite('The append was made, and could not be read', { cause: error });
      throw error;
    }
  }
}

/** Those in front of the first that was abandoned while others were judged: those behind it were judged on what it would have left. */
function beforeAbandoned(joined: readonly Joined[]): readonly Joined[] {
  const first = joined.findIndex(({ command }) => command.abandoned);
  return first < 0 ? joined : joined.slice(0, first);
}

/** Commands that wait for something else while they are judged would hold up the others. */
const mayJoin = (request: CommandRequest<never, never>): boolean =>
  request.prepare === undefined && request.confirmation === undefined;
