import { Config } from '../app/config';

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The full help text of the command. */
  readonly usage: string;
  /** Resolves to the exit status of the process. Throws `UsageError` if the arguments are wrong. */
  run(arguments_: readonly string[], context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly config: Config;
  readonly out: NodeJS.WriteStream | NodeJS.WritableStream;
  /** For progress and warnings, so that `out` can be piped. */
  readonly err: NodeJS.WriteStream | NodeJS.WritableStream;
  /** Aborts at SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
