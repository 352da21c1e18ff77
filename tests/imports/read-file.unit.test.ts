import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { TYPESCRIPT } from '../support/api';

/** Reads a file in a process that has used up its file descriptors. */
const SCRIPT = `
  const { openSync } = require('node:fs');
  const { readFile } = require('./src/imports/file/read-file');
  process.on('unhandledRejection', (error) => console.log('nobody waited for', error.message));
  try { for (;;) openSync('/dev/null'); } catch {}
  readFile(Buffer.from('a,b')).then(
    () => console.log('read'),
    (error) => console.log(error.name, error.cause.code),
  );
`;

test('if the machine starts no process, that is an outage, and no promise is left behind', async () => {
  const node = [process.execPath, ...TYPESCRIPT, '--eval', SCRIPT];
  const child = spawn('/bin/sh', ['-c', 'ulimit -n 64 && exec "$@"', 'sh', ...node]);
  expect(await text(child.stdout)).toBe('Outage EMFILE\n');
});
