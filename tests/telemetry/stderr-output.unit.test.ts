import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const OUTPUT = path.join(__dirname, '../../src/telemetry/stderr-output.ts');

/** Ends itself, in some way, when it is sent something. */
function start(ending: string) {
  const script = `
    const pino = require('pino');
    const { stderrOutput } = require(${JSON.stringify(OUTPUT)});
    const log = pino({}, stderrOutput());
    process.stdin.once('data', () => { ${ending} });
    process.stdout.write('ready');
  `;
  return spawn(process.execPath, ['--require', path.join(__dirname, '../support/run-typescript.cjs'), '-e', script]);
}

const ENDINGS: readonly [string, string, number][] = [
  ['ends', "log.info('the last line'); process.exit(0);", 0],
  ['fails', "log.fatal('the last line'); process.exit(3);", 3],
  [
    'logs on and ends later',
    "log.info('the last line'); setTimeout(() => { log.info('more'); process.exit(0); }, 20);",
    0,
  ],
];

test.each(ENDINGS)('a process that %s writes its last lines', async (_, ending, status) => {
  const child = start(ending);
  await once(child.stdout, 'data');
  child.stdin.end('go');
  const [[code], written] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  expect(code).toBe(status);
  expect(written).toContain('the last line');
});

test.each(ENDINGS)('a process that %s is not held up if nobody reads its log', async (_, ending, status) => {
  const child = start(ending);
  await once(child.stdout, 'data');
  child.stderr.destroy();
  await once(child.stderr, 'close');
  child.stdin.end('go');
  expect((await once(child, 'exit'))[0]).toBe(status);
});
