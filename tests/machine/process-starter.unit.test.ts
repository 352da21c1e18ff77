import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Outage } from '../../src/kernel/outage';
import { ProcessStarter } from '../../src/machine/starter/process-starter';
import { eventually } from '../support/eventually';
import { TYPESCRIPT } from '../support/typescript';

// Each process here that speaks reads a line first, as `startSpeaking` asks for.
const starter = new ProcessStarter({ execArgv: TYPESCRIPT });

const shell = (script: string, timeoutMs = 60_000) => ({
  command: '/bin/sh',
  args: ['-c', script],
  env: {},
  timeoutMs,
});

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const areGone = (pids: readonly number[]) =>
  eventually('the processes are gone', () => Promise.resolve(!pids.some(isThere)));

test('many processes get their own input, and their own output is read', async () => {
  const texts = Array.from({ length: 12 }, (_, index) => String(index).repeat(100_000));
  const echoes = texts.map(async (sent) => {
    const { input, output, ended } = await starter.startSpeaking(shell('cat'));
    input.end(sent);
    return [await text(output), await ended];
  });
  expect(await Promise.all(echoes)).toEqual(texts.map((sent) => [sent, 0]));
});

test('a process says how it has ended', async () => {
  const { ended } = await starter.start(shell('exit 3'));
  expect(await ended).toBe(3);
});

test('a process has only the environment that it is given', async () => {
  const { input, output } = await starter.startSpeaking({ ...shell('read _; env'), env: { GIVEN: '1' } });
  input.end('\n');
  const names = (await text(output)).split('\n').map((line) => line.split('=')[0]);
  expect(names.filter((name) => !['', 'PWD', '_', 'SHLVL', 'OLDPWD'].includes(name ?? ''))).toEqual(['GIVEN']);
});

test('a command that is not there is an outage', async () => {
  await expect(starter.start({ ...shell(''), command: '/nowhere' })).rejects.toThrow(Outage);
});

test('a process that takes too long is killed, with all that it has started', async () => {
  const { input, output, ended } = await starter.startSpeaking(shell('read _; sleep 1000 & echo $!; wait', 2_000));
  input.end('\n');
  const [child] = (await text(output)).split('\n');
  expect(await ended).toBeNull();
  await areGone([Number(child)]);
});

test('a process can be killed, also twice and after its end', async () => {
  const { ended, kill } = await starter.start(shell('sleep 1000'));
  kill();
  kill();
  expect(await ended).toBeNull();
  kill();
});

test('the signals that stop a server do not end what it has begun', async () => {
  const { input, output } = await starter.startSpeaking(shell('read _; echo $PPID; read _; echo done'));
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  input.write('\n');
  const small = Number((await lines.next()).value);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(small, signal);
  const next = await starter.start(shell('exit 0'));
  expect(await next.ended).toBe(0);
  input.end('\n');
  expect((await lines.next()).value).toBe('done');
});

test('if the process that starts others ends, nobody waits in vain, and the next order starts a new one', async () => {
  const own = new ProcessStarter({ execArgv: TYPESCRIPT });
  const { input, output, ended } = await own.startSpeaking(shell('read _; echo $PPID $$; exec sleep 1000'));
  input.write('\n');
  const [line] = (await once(createInterface({ input: output }), 'line')) as [string];
  const [small, started] = line.split(' ').map(Number);
  process.kill(Number(small), 'SIGKILL');
  await expect(ended).rejects.toThrow(Outage);
  await areGone([Number(started)]);
  input.destroy();
  const next = await own.start(shell('exit 0'));
  expect(await next.ended).toBe(0);
});

test('if the process that starts others hangs, nobody waits in vain', async () => {
  const own = new ProcessStarter({ execArgv: TYPESCRIPT, graceMs: 10 });
  const { input, output } = await own.startSpeaking(shell('read _; echo $PPID'));
  input.end('\n');
  const small = Number(await text(output));
  process.kill(small, 'SIGSTOP');
  await expect(own.start(shell('exit 0', 10))).rejects.toThrow(Outage);
  process.kill(small, 'SIGKILL');
});

test('all processes end with the one that ordered them', async () => {
  const script = `
    const { ProcessStarter } = require('./src/machine/starter/process-starter');
    const order = { command: '/bin/sh', args: ['-c', 'read _; echo $PPID $$; exec sleep 1000'], env: {}, timeoutMs: 600_000 };
    void new ProcessStarter().startSpeaking(order).then(({ input, output }) => {
      input.write('\\n');
      output.pipe(process.stdout);
    });`;
  const owner = spawn(process.execPath, [...TYPESCRIPT, '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
  const pids = line.split(' ').map(Number);
  expect(pids.map(isThere)).toEqual([true, true]);
  owner.kill('SIGKILL');
  await areGone(pids);
});
