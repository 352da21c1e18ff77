import { getEventListeners } from 'node:events';
import { Lease } from '../../src/projector/lease';
import { dueAfter, MOST_FAILURES, MOST_RETRY_AFTER_MS } from '../../src/webhooks/back-off';
import { readRetryAfter } from '../../src/webhooks/retry-after';
import { factOf } from '../../src/webhooks/events';
import { PostResult, SendPost } from '../../src/webhooks/delivery/post';
import { Signal } from '../../src/kernel/telemetry';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { eventually } from '../support/eventually';
import { Gate } from '../support/gate';
import {
  aborted,
  CALLER,
  deferred,
  mailOf,
  MemorySecrets,
  Process,
  ProcessParts,
  startProcess,
} from './delivery-process';
import { MemoryLog } from './memory-log';

const onEnd = cleanUps();
const answered = (status: number, retryAfterMs = 0): PostResult => ({ kind: 'answered', status, retryAfterMs });
const TAKEN = answered(200);

interface Started extends Process {
  readonly record: MemoryLog;
  readonly secrets: MemorySecrets;
  /** The positions that were sent, in order. */
  readonly sent: string[];
  readonly signals: Signal[];
}

type Parts = Partial<Omit<ProcessParts, 'secrets'>> & { readonly secrets?: MemorySecrets };

function started(answer: SendPost, parts: Parts = {}): Started {
  const { record = new MemoryLog(), secrets = new MemorySecrets() } = parts;
  const sent: string[] = [];
  const signals: Signal[] = [];
  const process = startProcess({
    mail: mailOf([1n, 2n, 3n]),
    telemetry: { report: (signal) => signals.push(signal) },
    ...parts,
    record,
    secrets,
    send: (post, signal) => {
      sent.push(post.headers['webhook-id']!);
      return answer(post, signal);
    },
  });
  onEnd(() => process.stop());
  return { ...process, record, secrets, sent, signals };
}

const always =
  (result: PostResult): SendPost =>
  () =>
    Promise.resolve(result);
const status = (process: Process) => process.find().then((webhook) => webhook.status);

test('after too many failures in a row the webhook stops, says so, and goes on there when it is resumed', async () => {
  let answers = answered(503);
  const process = started(() => Promise.resolve(answers));
  await process.subscribe();
  await eventually('it has stopped', async () => (await status(process)) === 'STOPPED');
  const stopped = await process.find();
  expect(stopped).toMatchObject({ stopReason: 'FAILURES', failures: MOST_FAILURES, position: 0n });
  expect(process.sent).toEqual(Array(MOST_FAILURES).fill('1'));
  expect(stopped.attempts.map(({ number }) => number)).toEqual(process.sent.map((_, index) => index + 1));
  expect(stopped.attempts.at(-1)).toMatchObject({ outcome: 'REFUSED', status: 503, eventId: '1', position: 1n });
  expect(process.signals).toContainEqual({ kind: 'webhook-stopped', webhook: 'W1', reason: 'FAILURES' });
  answers = TAKEN;
  await process.desk.change({ kind: 'resume', code: 'W1' }, CALLER);
  await eventually('all are delivered', () => Promise.resolve(process.sent.at(-1) === '3'));
  expect(process.sent.slice(MOST_FAILURES)).toEqual(['1', '2', '3']);
});

test('a receiver that answers 410 gets nothing more', async () => {
  const process = started(always(answered(410)));
  await process.subscribe();
  await eventually('it has stopped', async () => (await status(process)) === 'STOPPED');
  expect(await process.find()).toMatchObject({ stopReason: 'GONE', position: 0n });
  expect(process.sent).toEqual(['1']);
});

test('between failures it waits as long as the back-off says, also after a restart', async () => {
  const clock = new TestClock(1_000_000);
  const record = new MemoryLog();
  const waits: number[] = [];
  const parts = {
    clock,
    record,
    pause: async (ms: number, signal: AbortSignal) => {
      waits.push(ms);
      clock.move(ms);
      if (waits.length === 3) await aborted(signal);
    },
  };
  const failing = always({ kind: 'failed', outcome: 'NOT_CONNECTED' });
  const first = started(failing, parts);
  await first.subscribe();
  await eventually('it waits', () => Promise.resolve(waits.length === 3));
  await first.stop();
  expect(waits).toEqual([5_000, 30_000, 120_000]);
  // Half of the time has passed when the next process starts.
  clock.move(-60_000);
  waits.length = 0;
  const second = startProcess({ ...parts, mail: mailOf([1n]), send: failing, secrets: first.secrets });
  onEnd(() => second.stop());
  await eventually('it waits again', () => Promise.resolve(waits.length > 0));
  expect(waits[0]).toBe(60_000);
});

test('a paused webhook delivers nothing, and leaves nothing out when it goes on', async () => {
  const first = deferred<PostResult>();
  const process = started(() => (process.sent.length === 2 ? first.promise : Promise.resolve(TAKEN)));
  await process.subscribe();
  await eventually('the second one is under way', () => Promise.resolve(process.sent.length === 2));
  await process.desk.change({ kind: 'pause', code: 'W1' }, CALLER);
  first.resolve(answered(500));
  await eventually('what was delivered is on record', async () => (await process.find()).position === 1n);
  expect(await status(process)).toBe('PAUSED');
  expect(process.sent).toEqual(['1', '2']);
  await process.desk.change({ kind: 'resume', code: 'W1' }, CALLER);
  await eventually('all are delivered', () => Promise.resolve(process.sent.at(-1) === '3'));
  expect(process.sent).toEqual(['1', '2', '2', '3']);
});

test('a replay starts at any position, and what was under way before does not move it', async () => {
  const process = started(always(TAKEN));
  await process.subscribe();
  await eventually('all are delivered', () => Promise.resolve(process.sent.length === 3));
  await process.desk.change({ kind: 'replay', code: 'W1', after: 1n }, CALLER);
  await eventually('two come again', () => Promise.resolve(process.sent.length === 5));
  expect(process.sent).toEqual(['1', '2', '3', '2', '3']);
  await process.desk.change({ kind: 'replay', code: 'W1', after: 3n }, CALLER);
  await process.stop();
  expect(process.record.events.map(factOf).filter(({ type }) => type === 'WebhookReplayed')).toHaveLength(2);
  const later = startProcess({ record: process.record, mail: mailOf([]), send: always(TAKEN) });
  onEnd(() => later.stop());
  expect(await later.find()).toMatchObject({ position: 3n, status: 'ACTIVE' });
});

test('after a stop, nothing comes again that the receiver has taken', async () => {
  const first = started(always(TAKEN));
  await first.subscribe();
  await eventually('all are delivered', () => Promise.resolve(first.sent.length === 3));
  await first.stop();
  const sent: string[] = [];
  const send: SendPost = ({ headers }) => {
    sent.push(headers['webhook-id']!);
    return Promise.resolve(TAKEN);
  };
  const { record, secrets } = first;
  const second = startProcess({ record, secrets, mail: mailOf([1n, 2n, 3n, 4n]), send });
  onEnd(() => second.stop());
  await eventually('the new one is delivered', () => Promise.resolve(sent.length > 0));
  expect(sent).toEqual(['4']);
});

test('a process that takes over goes on where the other one was', async () => {
  const leases = [new Gate(), new Gate()] as const;
  await leases[1].close();
  const first = started(always(TAKEN), { lease: leases[0] });
  const { record, secrets } = first;
  const second = started(always(TAKEN), { lease: leases[1], record, secrets, mail: mailOf([1n, 2n, 3n, 4n]) });
  await second.subscribe();
  await eventually('the first one has delivered all', () => Promise.resolve(first.sent.length === 3));
  await leases[0].close();
  leases[1].open();
  await eventually('the second one delivers', () => Promise.resolve(second.sent.length > 0));
  expect([first.sent, second.sent]).toEqual([['1', '2', '3'], ['4']]);
});

test('one receiver that does not answer holds up no other', async () => {
  const process = started(async (_post, signal) => {
    if (process.sent.length > 1) return TAKEN;
    await aborted(signal);
    throw new Error('cut off');
  });
  await process.subscribe('W1');
  await eventually('the first one hangs', () => Promise.resolve(process.sent.length === 1));
  await process.subscribe('W2');
  await eventually('the other gets all', () => Promise.resolve(process.sent.length === 4));
  expect(process.sent).toEqual(['1', '1', '2', '3']);
});

test('without its secret nothing is sent, and the attempt says why', async () => {
  const process = started(always(TAKEN), { pause: (_ms, signal) => aborted(signal) });
  process.secrets.put = () => undefined;
  await process.subscribe();
  await eventually('it was tried', () =>
    Promise.resolve(process.signals.some(({ kind }) => kind === 'webhook-attempt')),
  );
  await process.stop();
  expect(process.sent).toEqual([]);
  expect((await process.find()).attempts).toMatchObject([{ outcome: 'SECRET_MISSING', number: 1 }]);
});

test('if the record is out, deliveries wait until they can be recorded', async () => {
  const pauses = { count: 0 };
  const process = started(always(TAKEN), {
    pause: () => {
      pauses.count++;
      return new Promise((resolve) => setImmediate(resolve));
    },
    mail: mailOf(Array.from({ length: 9 }, (_, index) => BigInt(index + 1))),
  });
  await process.subscribe();
  await eventually('all are delivered', () => Promise.resolve(process.sent.length === 9));
  process.record.isOut = true;
  await eventually('it has noticed', () => Promise.resolve(process.signals.some(({ kind }) => kind === 'trouble')));
  process.record.isOut = false;
  await process.desk.change({ kind: 'pause', code: 'W1' }, CALLER);
  await eventually('the progress is on record', async () => (await process.find()).position === 9n);
  expect(process.sent).toHaveLength(9);
});

test('however often the record or the ledger is out, that is reported when it begins and when it is over', async () => {
  const tries = { count: 0 };
  const whole = mailOf([1n]);
  let isLedgerOut = false;
  const process = started(always(TAKEN), {
    pause: () => {
      tries.count++;
      return new Promise((resolve) => setImmediate(resolve));
    },
    mail: {
      next: (...asked) => (isLedgerOut ? Promise.reject(new Error('The ledger is out')) : whole.next(...asked)),
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    },
  });
  const isReported = (kind: Signal['kind']) => Promise.resolve(process.signals.some((signal) => signal.kind === kind));
  const triedOften = () => {
    const before = tries.count;
    return eventually('it has tried often', () => Promise.resolve(tries.count >= before + 20));
  };
  const troubles = () =>
    process.signals
      .splice(0)
      .filter(({ kind }) => kind.startsWith('trouble'))
      .map((signal) => (signal.kind === 'trouble' ? String(signal.error) : signal.kind));
  await process.subscribe('W1');
  await process.subscribe('W2');
  await eventually('both are delivered', () => Promise.resolve(process.sent.length === 2));

  isLedgerOut = true;
  await triedOften();
  isLedgerOut = false;
  await eventually('it goes on', () => isReported('trouble-over'));
  expect(troubles()).toEqual(['Error: The ledger is out', 'trouble-over']);

  process.record.isOut = true;
  process.desk.changed.ring();
  await triedOften();
  process.record.isOut = false;
  await eventually('it goes on', () => isReported('trouble-over'));
  expect(troubles()).toEqual(['Outage: The record is out', 'trouble-over']);
});

test('a secret that no webhook has any more is removed, and two are the most', async () => {
  const process = started(always(TAKEN), { mail: mailOf([]) });
  const clock = new TestClock(0);
  await process.subscribe();
  const change = (secret: string) =>
    process.desk.withSecret(secret, CALLER, (secretHash) => ({
      kind: 'change-secret',
      code: 'W1',
      secretHash,
      keepMs: clock.now() + 3_600_000,
    }));
  for (const bytes of [1, 2, 3]) await change(`whsec_${Buffer.alloc(32, bytes).toString('base64')}`);
  expect(process.secrets.kept.size).toBe(2);
  const { secretHash, previousSecret } = await process.find();
  expect([...process.secrets.kept.keys()].sort()).toEqual([secretHash, previousSecret!.hash].sort());
  await process.desk.change({ kind: 'end', code: 'W1' }, CALLER);
  expect(process.secrets.kept.size).toBe(0);
});

test('there is a largest number of webhooks, also if many subscribe at the same time', async () => {
  const process = started(always(TAKEN), { mail: mailOf([]) });
  const made = await Promise.allSettled(['A', 'B', 'C', 'D', 'E', 'F'].map((code) => process.subscribe(code)));
  expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
  expect(await process.desk.list(CALLER)).toHaveLength(3);
  expect(process.secrets.kept.size).toBe(3);
});

test('a receiver that asks for time gets it, also after a restart, but not for ever', async () => {
  const clock = new TestClock(1_000_000);
  const record = new MemoryLog();
  const waits: number[] = [];
  const answers = [answered(429, 60_000), answered(503, 1_000), answered(503, 1e12), answered(500, 1e12)];
  const parts = {
    clock,
    record,
    pause: async (ms: number, signal: AbortSignal) => {
      waits.push(ms);
      if (waits.length >= 3) await aborted(signal);
      else clock.move(ms);
    },
  };
  const first = started(() => Promise.resolve(answers.shift()!), parts);
  await first.subscribe();
  await eventually('it waits', () => Promise.resolve(waits.length === 3));
  await first.stop();
  // Longer than the back-off; shorter than the back-off; longer than anybody may ask for.
  expect(waits).toEqual([60_000, 30_000, MOST_RETRY_AFTER_MS]);
  const { failures, lastAttempt } = await first.find();
  expect(dueAfter(failures, lastAttempt)).toBe(lastAttempt!.at + MOST_RETRY_AFTER_MS);
  const { secrets } = first;
  const second = startProcess({ ...parts, secrets, mail: mailOf([1n]), send: always(answered(500, 1e12)) });
  onEnd(() => second.stop());
  await eventually('it waits again', () => Promise.resolve(waits.length === 4));
  expect(waits.at(-1)).toBe(MOST_RETRY_AFTER_MS);
});

test('the header is read as seconds and as a date', () => {
  const now = Date.parse('2026-11-29T08:00:00Z');
  const asked: Readonly<Record<string, number>> = {
    '120': 120_000,
    '0': 0,
    'Sun, 29 Nov 2026 08:00:30 GMT': 30_000,
    'Sun, 29 Nov 2026 07:00:00 GMT': 0,
    'Sun, 29 Nov 2026 08:61:00 GMT': 0,
    '-1': 0,
    '1.5': 0,
    '2026-12-01': 0,
    soon: 0,
    '': 0,
  };
  expect(Object.fromEntries(Object.keys(asked).map((header) => [header, readRetryAfter(header, now)]))).toEqual(asked);
  expect(readRetryAfter(undefined, now)).toBe(0);
});

test('however often the record is out, nobody goes on listening for the end of the work', async () => {
  const held: AbortSignal[] = [];
  const lease: Lease = {
    hold(signal, work) {
      held.push(signal);
      return work(0n, signal, () => true);
    },
  };
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const process = started(always(TAKEN), { lease, pause });
  process.record.isOut = true;
  await eventually('it has tried often', () => Promise.resolve(held.length >= 50));
  expect(getEventListeners(held[0]!, 'abort').length).toBeLessThanOrEqual(1);
});
