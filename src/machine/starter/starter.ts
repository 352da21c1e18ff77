import { ChildProcess, fork, SendHandle } from 'node:child_process';
import type { Socket } from 'node:net';
import { extname, join } from 'node:path';
import { Outage } from '../../kernel/outage';
import { killGroup } from './kill-group';
import { FromStarter, ProcessOrder, ToStarter } from './messages';
import { OrderedProcess, SpeakingProcess, StartedProcess } from './started-process';

export interface StarterOptions {
  /** Options of Node for the small process; by default those of this one. */
  readonly execArgv?: readonly string[];
  /** How long after the time of a process somebody may say that it has ended. */
  readonly graceMs?: number;
}

const GRACE_MS = 5_000;

/** The process that starts others, seen from the one that gives the orders. */
export class Starter {
  private readonly process: ChildProcess;
  private readonly ordered = new Map<number, OrderedProcess>();
  private readonly graceMs: number;
  private nextId = 0;
  private isOver = false;

  constructor({ execArgv, graceMs = GRACE_MS }: StarterOptions) {
    this.graceMs = graceMs;
    const script = join(__dirname, `starter-script${extname(__filename)}`);
    // Not given, if there are none: Node leaves a script out that it was given by --eval, which would start itself without end.
    const options = execArgv && { execArgv: [...execArgv] };
    this.process = fork(script, { stdio: 'ignore', env: {}, ...options });
    this.process.unref();
    this.process.on('message', (answer: FromStarter, stream?: SendHandle) => {
      this.hear(answer, stream as Socket | undefined);
    });
    this.process.once('error', (error) => {
      this.lose(new Outage('The process that starts others was not started', { cause: error }));
    });
    this.process.once('exit', () => {
      this.lose(new Outage('The process that starts others has ended'));
    });
  }

  get isThere(): boolean {
    return !this.isOver && this.process.connected;
  }

  start(order: ProcessOrder): Promise<StartedProcess> {
    return this.ordering(order, false);
  }

  async startSpeaking(order: ProcessOrder): Promise<SpeakingProcess> {
    const { input, output, ended, kill } = await this.ordering(order, true);
    if (input !== undefined && output !== undefined) return { input, output, ended, kill };
    kill();
    throw new Outage('This process has no room for the streams of another one');
  }

  private async ordering(order: ProcessOrder, streams: boolean): Promise<OrderedProcess> {
    const id = this.nextId++;
    const ordered = new OrderedProcess(() => {
      if (this.ordered.has(id)) this.tell({ id, kind: 'kill' });
    });
    this.ordered.set(id, ordered);
    const late = setTimeout(() => {
      this.forget(id);
      giveUp(ordered, new Outage('The process that starts others does not answer'));
    }, order.timeoutMs + this.graceMs);
    late.unref();
    const isOver = (): void => {
      clearTimeout(late);
    };
    ordered.ended.then(isOver, isOver);
    this.tell({ id, kind: 'start', order, streams });
    await ordered.started;
    return ordered;
  }

  private hear(answer: FromStarter, stream: Socket | undefined): void {
    const ordered = this.ordered.get(answer.id);
    if (ordered === undefined) {
      stream?.destroy();
      return;
    }
    switch (answer.kind) {
      case 'input':
      case 'output':
        ordered[answer.kind] = stream;
        break;
      case 'started':
        ordered.run(answer.pid);
        break;
      case 'failed':
        this.forget(answer.id);
        ordered.fail(new Outage(`A process was not started: ${answer.message}`));
        break;
      case 'ended':
        this.forget(answer.id);
        ordered.end(answer.status);
    }
  }

  private forget(id: number): void {
    this.ordered.delete(id);
    if (this.ordered.size === 0) this.process.channel?.unref();
  }

  private lose(error: Outage): void {
    this.isOver = true;
    for (const ordered of this.ordered.values()) giveUp(ordered, error);
    this.ordered.clear();
  }

  /** A process that could not be started, or has ended, says so by an event. */
  private tell(message: ToStarter): void {
    if (!this.process.connected) return;
    this.process.channel?.ref();
    this.process.send(message, () => undefined);
  }
}

function giveUp(ordered: OrderedProcess, error: Outage): void {
  killGroup(ordered.pid);
  ordered.fail(error);
}
