import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { NewEvent } from '../../src/event-store/envelope';
import { LastingTroubles } from '../../src/kernel/lasting-troubles';
import { NO_TELEMETRY, Signal } from '../../src/kernel/telemetry';
import { readInstant } from '../../src/kernel/time';
import { BookFile } from '../../src/webhooks/adapters/book-file';
import { factOf, WebhookFact } from '../../src/webhooks/events';
import { evolve } from '../../src/webhooks/evolve';
import { BookKeeper, KeptBook, textOfBook } from '../../src/webhooks/kept-book';
import { inJson } from '../../src/webhooks/values';
import { Webhook } from '../../src/webhooks/webhook';
import { WebhookBook } from '../../src/webhooks/webhook-book';
import { cleanUps } from '../support/clean-ups';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { temporaryFolder } from '../support/temporary-folder';
import { MemoryLog } from './memory-log';

const onEnd = cleanUps();
const STREAM = 'mingjian.webhooks-all';
const AT = readInstant('2023-06-20T08:00:00Z');
const HASHES = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

const subscribed = (webhook: string, secretHash = HASHES[0]): WebhookFact => ({
  type: 'WebhookSubscribed',
  data: {
    webhook,
    url: 'https://receiver.example/',
    filter: { types: ['BudgetApproved'], at: 7 },
    after: 0n,
    secretHash,
    subscriber: { sub: 'u-admin', name: '管理员', roles: ['admin'], departments: ['*'], readDepartments: ['*'] },
  },
});

/** Attempts of the run that began with the event of this number. */
const attempted = (webhook: string, run: number, position: bigint, isDelivered = true): WebhookFact => ({
  type: 'WebhookAttemptsMade',
  data: {
    webhooks: [
      {
        webhook,
        run: `e${run}`,
        position: isDelivered ? position : position - 1n,
        mark: `m${position}`,
        failures: isDelivered ? 0 : 1,
        attempts: [
          isDelivered
            ? { position, eventId: `m${position}`, number: 1, at: AT, ms: 5, outcome: 'DELIVERED', status: 204 }
            : { position, eventId: `m${position}`, number: 1, at: AT, ms: 5, outcome: 'REFUSED', status: 429, retryAfterMs: 9 }, // prettier-ignore
        ],
      },
    ],
  },
});

/** The event of a fact. Its id is its number in the record. */
const eventOf = ({ type, data }: WebhookFact, id: string): NewEvent => ({
  id,
  type,
  data: inJson(data) as NewEvent['data'],
  metadata: { schemaVersion: 1, effectiveAt: '2023-06-20T08:00:00Z', actor: { sub: 'u-admin' }, salt: 's' },
});

interface Office {
  readonly record: MemoryLog;
  readonly add: (...facts: readonly WebhookFact[]) => Promise<void>;
  readonly signals: Signal[];
  /** A process starts: what it knows, and which revisions it has read. */
  readonly start: (keepEvery?: bigint) => Promise<{ readonly webhooks: readonly Webhook[]; readonly read: bigint[] }>;
}

interface OfficeParts {
  readonly record?: MemoryLog;
  readonly keeper?: BookKeeper;
  /** What the ids of its events begin with. */
  readonly name?: string;
}

function office({ record = new MemoryLog(), keeper = record.keeper, name = 'e' }: OfficeParts = {}): Office {
  const signals: Signal[] = [];
  return {
    record,
    signals,
    async add(...facts) {
      for (const fact of facts) await record.append(STREAM, [eventOf(fact, `${name}${record.events.length}`)], 'any');
    },
    async start(keepEvery = 1n) {
      const read: bigint[] = [];
      const log = {
        async *readStream(stream: string, from?: bigint) {
          for await (const event of record.readStream(stream, from)) {
            read.push(event.revision);
            yield event;
          }
        },
      };
      const troubles = new LastingTroubles({ report: (signal) => signals.push(signal) }, 'webhooks');
      const book = new WebhookBook({ log, stream: STREAM, keeper, keepEvery, troubles });
      await book.catchUp();
      return { webhooks: [...book.webhooks.values()], read };
    },
  };
}

/** The whole record, without anything that is kept. */
function allOf({ events }: MemoryLog): readonly Webhook[] {
  const webhooks = new Map<string, Webhook>();
  for (const event of events) evolve(webhooks, factOf(event));
  return [...webhooks.values()];
}

test('a start reads what is newer than the kept book, however long the record is', async () => {
  const { record, add, start } = office();
  await add(subscribed('W'));
  for (let position = 1n; position <= 2_500n; position++) await add(attempted('W', 0, position));
  expect((await start(1_000n)).read).toHaveLength(2_501);
  await add(attempted('W', 0, 2_501n), attempted('W', 0, 2_502n, false));
  const { webhooks, read } = await start(1_000n);
  // The event that the book ends with is compared.
  expect(read).toEqual([2_500n, 2_501n, 2_502n]);
  expect(webhooks).toEqual(allOf(record));
  expect(webhooks).toMatchObject([{ code: 'W', position: 2_501n, failures: 1, attempts: { length: 100 } }]);
});

const someFact = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<WebhookFact['type']>('WebhookSubscribed', 'WebhookAttemptsMade') },
  fc.constantFrom<WebhookFact['type']>('WebhookPaused', 'WebhookResumed', 'WebhookStopped', 'WebhookSecretChanged', 'WebhookReplayed', 'WebhookEnded'), // prettier-ignore
);
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: someFact, webhook: fc.constantFrom('V', 'W'), number: fc.nat(30) }) },
  fc.constantFrom('start' as const, 'lose what is kept' as const),
);

function factOfType(type: WebhookFact['type'], webhook: string, number: number): WebhookFact {
  switch (type) {
    case 'WebhookSubscribed':
      return subscribed(webhook, HASHES[number % 3]);
    case 'WebhookAttemptsMade':
      return attempted(webhook, number, BigInt(number + 1), number % 3 > 0);
    case 'WebhookStopped':
      return { type, data: { webhook, reason: 'GONE' } };
    case 'WebhookSecretChanged':
      return { type, data: { webhook, secretHash: HASHES[number % 3]!, previousUntil: number % 2 ? AT : undefined } };
    case 'WebhookReplayed':
      return { type, data: { webhook, after: BigInt(number) } };
    case 'WebhookPaused':
    case 'WebhookResumed':
    case 'WebhookEnded':
      return { type, data: { webhook } };
  }
}

test(
  'whenever it starts and whatever is kept, a process knows what the whole record says',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        const { record, add, start } = office();
        for (const happens of [...happenings, 'start' as const]) {
          if (happens === 'start') expect((await start(3n)).webhooks).toEqual(allOf(record));
          else if (happens === 'lose what is kept') record.keeper.text = undefined;
          else await add(factOfType(happens.type, happens.webhook, happens.number));
        }
      }),
      runs(100),
    );
  },
  PROPERTY_TIMEOUT_MS,
);

test.each([
  ['that is shorter', []],
  ['that has another event there', [attempted('W', 0, 1n), attempted('W', 0, 2n), attempted('W', 0, 3n)]],
])('what was kept of another record, or of one %s, is not used', async (_what, facts) => {
  const before = office();
  await before.add(subscribed('V'), subscribed('W'), attempted('W', 1, 9n));
  await before.start();
  const after = office({ keeper: before.record.keeper, name: 'other' });
  await after.add(subscribed('W'), ...facts);
  expect((await after.start()).webhooks).toEqual(allOf(after.record));
  expect((await after.start()).webhooks).toEqual(allOf(after.record));
});

test('a book that cannot be read or kept is reported, and the record is read', async () => {
  const keeper = {
    load: (): KeptBook => {
      throw new Error('no permission');
    },
    keep: () => {
      throw new Error('the disk is full');
    },
  };
  const { record, add, start, signals } = office({ keeper });
  await add(subscribed('W'), attempted('W', 0, 1n));
  expect((await start()).webhooks).toEqual(allOf(record));
  expect(signals.map((signal) => (signal.kind === 'trouble' ? String(signal.error) : signal.kind))).toEqual([
    'Error: no permission',
    'Error: the disk is full',
  ]);
});

describe('the file of the book', () => {
  async function kept() {
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    const file = path.join(folder.path, 'webhooks', 'webhooks.kept');
    const { record, add, start } = office({ keeper: new BookFile(file) });
    await add(subscribed('W'), attempted('W', 0, 1n));
    await start();
    return { file, record, start };
  }

  it('is for its owner only, and is read again', async () => {
    const { file, record, start } = await kept();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await start()).toEqual({ webhooks: allOf(record), read: [1n] });
  });

  it.each<[string, (text: string) => string]>([
    ['altered', (text) => text.replace('"failures":0', '"failures":1')],
    ['cut off', (text) => text.slice(0, -20)],
    ['empty', () => ''],
  ])('is not used if it is %s', async (_how, damaged) => {
    const { file, record, start } = await kept();
    const text = readFileSync(file, 'utf8');
    expect(damaged(text)).not.toBe(text);
    writeFileSync(file, damaged(text));
    expect(await start()).toEqual({ webhooks: allOf(record), read: [0n, 1n] });
    // It is written again.
    expect((await start()).read).toEqual([1n]);
  });

  it('may be missing, or be no file', () => {
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    expect(new BookFile(path.join(folder.path, 'none')).load()).toBeUndefined();
    mkdirSync(path.join(folder.path, 'folder'));
    expect(() => new BookFile(path.join(folder.path, 'folder')).load()).toThrow(/EISDIR/);
  });
});

test('a record that was out when it was first read is read later', async () => {
  const { record, add } = office();
  await add(subscribed('W'));
  const troubles = new LastingTroubles(NO_TELEMETRY, 'webhooks');
  const book = new WebhookBook({ log: record, stream: STREAM, keeper: record.keeper, troubles });
  record.isOut = true;
  await expect(book.opened()).rejects.toThrow('out');
  record.isOut = false;
  await book.opened();
  expect([...book.webhooks.keys()]).toEqual(['W']);
});

test('a book in another format is not used', async () => {
  const { record, add, start } = office();
  await add(subscribed('W'));
  await start();
  record.keeper.text = record.keeper.text!.replace('"format":1', '"format":0');
  expect((await start()).read).toEqual([0n]);
});

// If this fails, facts give other webhooks than before, or webhooks another text. Raise FORMAT, and give the new hash.
test('the facts of this record give what they gave before, in this format', async () => {
  const { record, add } = office();
  await add(subscribed('W'), attempted('W', 0, 1n), attempted('W', 0, 2n, false), subscribed('V', HASHES[1]));
  for (const type of ['WebhookPaused', 'WebhookResumed', 'WebhookReplayed', 'WebhookStopped'] as const)
    await add(factOfType(type, 'W', 1));
  await add(factOfType('WebhookSecretChanged', 'V', 1), subscribed('U'), factOfType('WebhookEnded', 'U', 0));
  await add(attempted('V', 3, 5n));
  const text = textOfBook({
    through: { id: 'e', stream: STREAM, revision: 1n, position: 2n },
    webhooks: allOf(record),
  });
  expect({ format: JSON.parse(text).format, hash: hash('sha256', text) }).toEqual({
    format: 1,
    hash: 'f6f1be4efb9f7e6a48e77f581160150ce265f63cf7bfcdd3e949221ada493807',
  });
});
