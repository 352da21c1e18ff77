import { Outage, UnansweredWrite } from '../kernel/outage';
import { CommandOutcome, CommandRequest } from './command-request';

/** A command whose turn has not come yet, or is running. */
export class WaitingCommand {
  /** Whether the append of the command is on its way. */
  sent = false;
  private isAbandoned = false;
  private answer: (() => CommandOutcome) | undefined;

  constructor(readonly request: CommandRequest<never, never>) {}

  /** The command was appended with one before it. */
  succeed(outcome: CommandOutcome): void {
    this.answer = () => outcome;
  }

  /** The command was sent with one before it, and the append has failed: it may be recorded. */
  fail(error: unknown): void {
    this.answer = () => {
      throw error;
    };
  }

  /** What became of it in the turn of another command; undefined: nothing. Throws if that failed. */
  answered(): CommandOutcome | undefined {
    return this.answer?.();
  }

  /** Whether the caller waits no longer. If the command was not sent by then, the caller was told that nothing is recorded. */
  get abandoned(): boolean {
    return this.isAbandoned;
  }

  /** The caller waits no longer. Returns what is known by then. */
  abandon(): Outage {
    this.isAbandoned = true;
    return this.sent
      ? new UnansweredWrite('The append was not answered in time')
      : new Outage('Nothing was recorded in time');
  }
}

/** The commands that wait for each stream, in the order in which they came. */
export class WaitingCommands {
  private readonly byStream = new Map<string, Set<WaitingCommand>>();

  add(stream: string, command: WaitingCommand): void {
    const known = this.byStream.get(stream);
    if (known === undefined) this.byStream.set(stream, new Set([command]));
    else known.add(command);
  }

  delete(stream: string, command: WaitingCommand): void {
    const known = this.byStream.get(stream);
    known?.delete(command);
    if (known?.size === 0) this.byStream.delete(stream);
  }

  of(stream: string): Iterable<WaitingCommand> {
    return this.byStream.get(stream) ?? [];
  }
}
