import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { TYPESCRIPT } from './typescript';

/** What `work` prints in a process that has used up its file descriptors. It is the body of a function, and `loaded` what it needs of our sources. */
export function withoutFileDescriptors(loaded: string, work: string): Promise<string> {
  const script = `
    const { openSync } = require('node:fs');
    ${loaded}
    const tell = (work) => work().then(
      () => console.log('done'),
      (error) => console.log(error.name, error.cause?.code ?? error),
    );
    process.on('unhandledRejection', (error) => console.log('nobody waited for', error.message));
    try { for (;;) openSync('/dev/null'); } catch {}
    void (async () => { ${work} })();
  `;
  const node = [process.execPath, ...TYPESCRIPT, '--eval', script];
  const child = spawn('/bin/sh', ['-c', 'ulimit -n 64 && exec "$@"', 'sh', ...node]);
  return text(child.stdout);
}
