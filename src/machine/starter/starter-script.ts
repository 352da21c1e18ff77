import { ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Socket } from 'node:net';
import { killGroup } from './kill-group';
import type { FromStarter, ProcessOrder, ToStarter } from './messages';

/** The process that starts others. It ends with the process that started it, and so do those that it has started. */

const running = new Map<number, ChildProcess>();

process.on('message', (message: ToStarter) => {
  if (message.kind === 'start') start(message.id, message.order, message.streams);
  else kill(running.get(message.id));
});
// A terminal and systemd send these to all processes of the server, which still finishes what it has begun.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  for (const child of running.values()) kill(child);
  process.exit();
});

function start(id: number, order: ProcessOrder, streams: boolean): void {
  const { command, args, env, cwd, timeoutMs, niceness } = order;
  let child: ChildProcess;
  try {
    const pipe = streams ? 'pipe' : 'ignore';
    // A process group of its own: it may start other processes.
    child = spawn(command, args, { env, cwd, detached: true, stdio: [pipe, pipe, 'ignore'] });
  } catch (error) {
    tell(failureOf(id, error as Error));
    return;
  }
  const timer = setTimeout(kill, timeoutMs, child);
  const over = (answer: FromStarter): void => {
    clearTimeout(timer);
    if (running.delete(id)) tell(answer);
  };
  running.set(id, child);
  child.once('error', (error) => {
    over(failureOf(id, error));
  });
  child.once('exit', (status) => {
    over({ id, kind: 'ended', status });
  });
  child.once('spawn', () => {
    const pid = child.pid as number;
    if (niceness !== undefined) yieldToOthers(pid, niceness);
    // The output first: the process says nothing before it has its input, and what it says now would be read here.
    if (child.stdout !== null) tell({ id, kind: 'output' }, child.stdout as Socket);
    if (child.stdin !== null) tell({ id, kind: 'input' }, child.stdin as Socket);
    tell({ id, kind: 'started', pid });
  });
}

const tell = (answer: FromStarter, stream?: Socket): void => {
  process.send?.(answer, stream);
};

const failureOf = (id: number, { message }: Error): FromStarter => ({ id, kind: 'failed', message });

function kill(child: ChildProcess | undefined): void {
  if (child?.exitCode === null && child.signalCode === null) killGroup(child.pid);
}

function yieldToOthers(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended, or the system does not allow it.
  }
}
