import type { Socket } from 'node:net';

/** A process that runs, or has ended since. */
export interface StartedProcess {
  /** The exit status; null if it was killed. Rejects with an `Outage` if nobody can tell. */
  readonly ended: Promise<number | null>;
  /** With all that it has started. */
  readonly kill: () => void;
}

/** A process that is spoken with. Its streams belong to the one that started it. */
export interface SpeakingProcess extends StartedProcess {
  readonly input: Socket;
  readonly output: Socket;
}

/** A process that was ordered. */
export class OrderedProcess implements StartedProcess {
  input: Socket | undefined;
  output: Socket | undefined;
  /** Once it runs. */
  pid: number | undefined;
  readonly started: Promise<void>;
  readonly ended: Promise<number | null>;
  run!: (pid: number) => void;
  end!: (status: number | null) => void;
  fail!: (error: Error) => void;

  constructor(readonly kill: () => void) {
    const failures: ((error: Error) => void)[] = [];
    this.started = new Promise((resolve, reject) => {
      this.run = (pid) => {
        this.pid = pid;
        resolve();
      };
      failures.push(reject);
    });
    this.ended = new Promise((resolve, reject) => {
      this.end = resolve;
      failures.push(reject);
    });
    // Not everybody waits for the end.
    this.ended.catch(() => undefined);
    this.fail = (error) => {
      for (const reject of failures) reject(error);
    };
  }
}
