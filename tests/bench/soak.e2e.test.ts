import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = path.join(__dirname, '../..');

test('a short soak finds no missing change, no lag and no error', async () => {
  const child = spawn(
    process.execPath,
    [
      ...['--require', path.join(ROOT, 'tests/support/run-typescript.cjs'), path.join(ROOT, 'bench/soak/main.ts')],
      ...['--seconds', '2', '--readers', '8', '--read-models', 'memory', '--without-attacks', '--without-filling'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  );
  const [[status], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  const valueOf = (what: string): number =>
    Number(new RegExp(`^ *${what} +([\\d.,]+)`, 'm').exec(out)?.[1]?.replaceAll(',', ''));
  expect({ status, err, errors: valueOf('unexpected errors') }).toEqual({ status: 0, err: '', errors: 0 });
  expect(valueOf('writes')).toBeGreaterThan(0);
  expect(valueOf('reconnects of feed readers')).toBeGreaterThan(0);
  expect(valueOf('changes delivered to feed readers')).toBe(8 * valueOf('writes'));
});
