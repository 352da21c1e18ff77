/*
 * Receives the deliveries of a webhook, checks their signatures (Standard Webhooks), and handles each change exactly once, although a
 * delivery may come twice: it writes its result and the id of the change in one transaction. Here it counts the changes of each
 * department.
 *
 *   WEBHOOK_SECRET=whsec_… PORT=8099 node examples/webhook-receiver.ts counts.db
 *
 * While a secret is being changed, WEBHOOK_SECRET may have both, with a space between them. Node.js 22.18 or later runs it as it is.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import Database from 'libsql';

const TOLERANCE_SECONDS = 300;
const keys = (process.env.WEBHOOK_SECRET ?? '')
  .split(' ')
  .filter((secret) => secret.startsWith('whsec_'))
  .map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'));

const db = new Database(process.argv[2] ?? 'counts.db');
db.exec(`
  CREATE TABLE IF NOT EXISTS seen(id TEXT PRIMARY KEY, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counts(department TEXT PRIMARY KEY, changes INTEGER NOT NULL);
`);
const insert = db.prepare('INSERT OR IGNORE INTO seen VALUES (?, ?)');
const count = db.prepare('INSERT INTO counts VALUES (?, 1) ON CONFLICT DO UPDATE SET changes = changes + 1');

interface Delivered {
  readonly id: string;
  readonly position: string;
  readonly data: { readonly department: string };
}

const take = db.transaction(({ id, position, data }: Delivered) => {
  // A delivery that comes again changes nothing.
  if (insert.run(id, position).changes === 1) count.run(data.department);
});

/** The signature is over the bytes as they came: parse the body after it was checked. */
function isSigned(headers: IncomingHttpHeaders, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false;
  if (!(Math.abs(Date.now() / 1_000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const wanted = keys.map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest());
  return signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((given) => wanted.some((one) => one.length === given.length && timingSafeEqual(one, given)));
}

const server = createServer((request, response) => {
  const answer = (status: number): void => {
    response.writeHead(status).end();
  };
  text(request).then(
    (body) => {
      if (!isSigned(request.headers, body)) {
        answer(401);
        return;
      }
      const change = JSON.parse(body) as Delivered;
      take(change);
      process.stdout.write(`${JSON.stringify({ id: change.id, position: change.position })}\n`);
      // Only now: until it is answered, the server sends the change again.
      answer(204);
    },
    () => {
      answer(400);
    },
  );
});
server.listen(Number(process.env.PORT ?? 8099), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});
