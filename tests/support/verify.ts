import { PassThrough } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { verifyCommand } from '../../src/cli/verify';

/** What `mingjian verify` prints of the ledger in the folder. */
export async function verifyOf(folder: string): Promise<string> {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }, 'tool');
  const [out, err] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  expect(await verifyCommand.run([], { config, out, err, signal })).toBe(0);
  return String(out.read());
}
