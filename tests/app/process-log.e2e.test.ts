import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { TYPESCRIPT } from '../support/typescript';

/** Runs a program of the server after it was told where to log. Resolves to what it has logged, with its exit code. */
async function run(program: string): Promise<{ readonly code: number; readonly logged: readonly string[] }> {
  const script = `
    const { logEverythingTo } = require('./src/app/process-log');
    const { Refused } = require('./src/kernel/refusal');
    const { GraphQLError } = require('graphql');
    const { Outage } = require('./src/kernel/outage');
    logEverythingTo(require('pino')(require('pino').destination({ fd: 1, sync: true })));
    ${program}`;
  const child = spawn(process.execPath, [...TYPESCRIPT, '--eval', script]);
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  const lines = stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  return { code, logged: lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg) };
}

const REFUSED = `new Refused({ kind: 'FORBIDDEN', message: 'No' })`;

test.each([REFUSED, `new Outage('No')`, `new GraphQLError('No', { originalError: ${REFUSED} })`])(
  'a refusal or an outage that nobody waits for is logged, and the process goes on: %s',
  async (refusal) => {
    const program = `Promise.reject(${refusal}); setTimeout(() => console.warn('later'), 10);`;
    expect(await run(program)).toEqual({
      code: 0,
      logged: ['nobody waited for a refusal or an outage', 'a library printed a warning'],
    });
  },
);

test.each(["Promise.reject(new Error('x'))", "setImmediate(() => { throw new Error('x'); })"])(
  'any other error that nobody caught ends the process: %s',
  async (program) => {
    expect(await run(`${program}; setTimeout(() => console.warn('later'), 1_000);`)).toEqual({
      code: 1,
      logged: ['nobody caught an error'],
    });
  },
);
