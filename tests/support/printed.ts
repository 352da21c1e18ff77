import { PassThrough } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { Command } from '../../src/cli/command';
import { eventually } from './eventually';

type MakeCommand = (environment: Readonly<Record<string, string>>) => Command;

/** The server that a command asks, and the token that it asks with. */
export interface Access {
  readonly api: { readonly url: string };
  readonly token: string;
}

/** What a command of the command line prints. It is stopped once `isEnough` holds. */
export async function printed(
  { api, token }: Access,
  make: MakeCommand,
  arguments_: readonly string[],
  isEnough?: () => boolean,
): Promise<string> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const stopping = new AbortController();
  const running = make({ MINGJIAN_URL: api.url, MINGJIAN_TOKEN: token }).run(arguments_, {
    config: readConfig({}, 'tool'),
    out,
    err,
    signal: stopping.signal,
  });
  if (isEnough !== undefined) {
    let isOver = false;
    const over = (): void => void (isOver = true);
    running.then(over, over);
    await eventually('it has printed enough, or has ended', () => Promise.resolve(isOver || isEnough()));
    stopping.abort();
  }
  await running;
  return `${String(out.read() ?? '')} ${String(err.read() ?? '')}`;
}
