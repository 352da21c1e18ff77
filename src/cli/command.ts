import { Config } from '../app/config';

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** All that a person needs to use it. */
  readonly usage: string;
  /** Answers with the status that the process exits with. Throws `UsageError` for arguments that it does not understand. */
  run(arguments_: readonly string[], context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly config: Config;
  readonly out: NodeJS.WriteStream | NodeJS.WritableStream;
  /** For progress and warnings, so that output can be piped. */
  readonly err: NodeJS.WriteStream | NodeJS.WritableStream;
  /** Aborts at SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
