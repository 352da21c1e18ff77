import path from 'node:path';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { LastingTroubles } from '../src/kernel/lasting-troubles';
import { Progress } from '../src/cli/progress';
import { BookFile } from '../src/webhooks/adapters/book-file';
import { eventOf, SERVER, WebhookFact } from '../src/webhooks/events';
import { webhooksPrefix, webhooksStream } from '../src/webhooks/streams';
import { WebhookBook } from '../src/webhooks/webhook-book';
import { STREAM_PREFIX } from '../tests/support/ledger';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { cpuMsOf, Report } from './measure';
import { NO_TROUBLE } from './no-trouble';

const PREFIX = webhooksPrefix(STREAM_PREFIX);
const STREAM = webhooksStream(PREFIX);
const CHUNK = 1_000;

/** What a start reads of the record of a webhook with so many attempts, each in an event of its own. */
export async function webhookRecord(attempts: number): Promise<Report> {
  const folder = temporaryFolder();
  const file = path.join(folder.path, 'webhooks.db');
  const open = () => openSqliteEventStore({ path: file, prefix: PREFIX });
  const start = async (): Promise<number> => {
    const log = open();
    const keeper = new BookFile(path.join(folder.path, 'webhooks.kept'));
    const book = new WebhookBook({
      log,
      stream: STREAM,
      keeper,
      troubles: new LastingTroubles(NO_TROUBLE, 'webhooks'),
    });
    const ms = await cpuMsOf(() => book.catchUp());
    await log.close();
    return ms;
  };
  try {
    await fill(open(), attempts);
    const first = await start();
    const next = await start();
    return [
      { what: 'attempts on record', value: attempts, unit: 'attempts' },
      { what: 'the record of webhooks at a first start, CPU time', value: first / 1_000, unit: 's' },
      { what: 'the same at a later start', value: next, unit: 'ms', bound: { atMost: 100 } },
    ];
  } finally {
    folder.remove();
  }
}

async function fill(log: ReturnType<typeof openSqliteEventStore>, attempts: number): Promise<void> {
  const progress = new Progress(process.stderr, 'recording attempts');
  const subscriber = { sub: 'bench', roles: ['admin' as const], departments: ['*'], readDepartments: ['*'] };
  const subscribed = { webhook: 'W', url: 'https://receiver.example/', filter: {}, after: 0n, secretHash: 'a'.repeat(64), subscriber }; // prettier-ignore
  const first = newEvent({ type: 'WebhookSubscribed', data: subscribed });
  await log.append(STREAM, [first], 'no-stream');
  for (let done = 0; done < attempts; done += CHUNK) {
    const events = Array.from({ length: Math.min(CHUNK, attempts - done) }, (_, index) => {
      const position = BigInt(done + index + 1);
      const attempt = {
        position,
        eventId: first.id,
        number: 1,
        at: 0,
        ms: 20,
        outcome: 'DELIVERED' as const,
        status: 204,
      };
      const progressed = { webhook: 'W', run: first.id, position, mark: first.id, failures: 0, attempts: [attempt] };
      return newEvent({ type: 'WebhookAttemptsMade', data: { webhooks: [progressed] } });
    });
    await log.append(STREAM, events, 'any');
    progress.show(done, done / attempts);
  }
  progress.end();
  await log.close();
}

const newEvent = (fact: WebhookFact) => eventOf(fact, { actor: SERVER, at: 0 });
