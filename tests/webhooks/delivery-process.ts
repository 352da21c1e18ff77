import { LastingTroubles } from '../../src/kernel/lasting-troubles';
import { Slots } from '../../src/kernel/slots';
import { Telemetry } from '../../src/kernel/telemetry';
import { Lease, NO_LEASE } from '../../src/projector/lease';
import { AttemptRecorder } from '../../src/webhooks/delivery/attempt-recorder';
import { Deliverer } from '../../src/webhooks/delivery/deliverer';
import { Mail } from '../../src/webhooks/delivery/mail';
import { SendPost } from '../../src/webhooks/delivery/post';
import { hashOf, newSecret, SecretStore } from '../../src/webhooks/secret';
import { Webhook } from '../../src/webhooks/webhook';
import { WebhookBook } from '../../src/webhooks/webhook-book';
import { WebhookCaller, WebhookDesk } from '../../src/webhooks/webhook-desk';
import { TestClock } from '../support/clock';
import { MemoryLog, ofProcess } from './memory-log';

export const CALLER: WebhookCaller = { actor: { sub: 'u-admin' }, isKnown: () => true };
const STREAM = 'mingjian.webhooks-all';

export class MemorySecrets implements SecretStore {
  readonly kept = new Map<string, string>();

  put(secret: string): void {
    this.kept.set(hashOf(secret), secret);
  }

  get(hash: string): string | undefined {
    return this.kept.get(hash);
  }

  remove(hash: string): void {
    this.kept.delete(hash);
  }
}

/** A ledger whose changes have these positions. The id of a change is its position. */
export const mailOf = (positions: readonly bigint[], batch = 3): Mail => ({
  next(_webhook, { position: after }) {
    const found = positions.filter((position) => position > after).slice(0, batch);
    const letters = found.map((position) => ({
      position,
      eventId: String(position),
      body: () => Promise.resolve(`{"position":"${String(position)}"}`),
    }));
    return Promise.resolve({ letters, reached: reachedAt(found.at(-1) ?? after) });
  },
  wait: (_after, signal) => aborted(signal),
});

const reachedAt = (position: bigint) => ({ position, mark: position === 0n ? undefined : String(position) });

/** Resolves when the signal has aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
  });

export interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

export function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>['resolve'] = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

export interface ProcessParts {
  readonly record: MemoryLog;
  readonly mail: Mail;
  readonly send: SendPost;
  readonly secrets?: SecretStore;
  readonly clock?: TestClock;
  readonly telemetry?: Telemetry;
  readonly lease?: Lease;
  /** By default no time passes. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A process that delivers. */
export interface Process {
  readonly desk: WebhookDesk;
  /** The webhook as it is on record. */
  find(code?: string): Promise<Webhook>;
  subscribe(code?: string): Promise<Webhook>;
  /** Ends like a process that is told to stop. */
  stop(): Promise<void>;
  /** Ends like a process that is killed: nothing more is recorded. */
  kill(): Promise<void>;
}

/** Starts a process; it delivers at once. */
export function startProcess({ record, mail, send, ...rest }: ProcessParts): Process {
  const { secrets = new MemorySecrets(), clock = new TestClock(0), pause = () => Promise.resolve() } = rest;
  const { telemetry = { report: () => undefined }, lease = NO_LEASE } = rest;
  const { log, kill } = ofProcess(record);
  const now = () => clock.now();
  const troubles = new LastingTroubles(telemetry, 'webhooks');
  const book = new WebhookBook({ log, stream: STREAM, keeper: record.keeper, keepEvery: 3n, troubles });
  const desk = new WebhookDesk({ log, stream: STREAM, book, secrets, now, maxWebhooks: 3 });
  const recorder = new AttemptRecorder({ log, stream: STREAM, now, troubles });
  const stopping = new AbortController();
  const stop = desk.stop.bind(desk);
  const courier = {
    mail,
    send,
    secrets,
    recorder,
    slots: new Slots(2),
    stop,
    now,
    pause,
    telemetry,
    troubles,
    userAgent: 'test',
  };
  const running = new Deliverer({ book, desk, lease, courier }).run(stopping.signal);
  const end = async (): Promise<void> => {
    stopping.abort();
    await running;
    await recorder.close();
  };
  return {
    desk,
    async find(code = 'W1') {
      const found = await desk.find(code, CALLER);
      if (!found.ok) throw new Error(found.refusal.kind);
      return found.value;
    },
    async subscribe(code = 'W1') {
      const made = await desk.withSecret(newSecret(), CALLER, (secretHash) => ({
        kind: 'subscribe',
        code,
        url: 'https://receiver.example/',
        filter: {},
        after: 0n,
        secretHash,
        subscriber: { sub: 'u-admin', roles: ['admin'], departments: ['*'], readDepartments: ['*'] },
      }));
      if (!made.ok || made.value === undefined) throw new Error('not subscribed');
      return made.value;
    },
    stop: end,
    async kill() {
      kill();
      await end();
    },
  };
}
