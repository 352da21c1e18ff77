import { parseArgs, ParseArgsConfig } from 'node:util';
import { UsageError } from './command';

/** The arguments of a command, as `parseArgs` of Node reads them. Throws `UsageError`. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
