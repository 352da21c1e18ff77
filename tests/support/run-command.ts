import { Writable } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { Command } from '../../src/cli/command';

/** What a command prints, and its exit status if that is not 0. */
export async function runCommand(
  command: Command,
  arguments_: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const printed: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      printed.push(String(chunk));
      done();
    },
  });
  const config = readConfig(environment, 'tool');
  const context = { config, out: stream, err: stream, signal: new AbortController().signal };
  const status = await command.run(arguments_, context);
  return printed.join('') + (status === 0 ? '' : `status ${status}`);
}
