import { Writable } from 'node:stream';
import pino from 'pino';
import { createWebServer } from '../../src/app/web-server';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { cleanUps } from '../support/clean-ups';

const onEnd = cleanUps();

/** A server whose routes get their answers wrong, and what it logs. */
async function startServer() {
  const logged: string[] = [];
  const lines = new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push(String(line));
      done();
    },
  });
  const fastify = await createWebServer({ logger: pino(lines), limits: DEFAULT_LIMITS });
  onEnd(() => fastify.close());
  fastify.get('/right', () => 'right');
  fastify.get('/bad-header', (_request, reply) => {
    void reply.header('x-name', '名称').send('never sent');
  });
  fastify.get('/twice', (_request, reply) => {
    void reply.send('first');
    void reply.send('second');
  });
  const url = await fastify.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { ask, logged };
}

const RIGHT = { status: 200, text: 'right' };

test('an answer that cannot be written is answered with 500, and the others of its turn are sent', async () => {
  const { ask, logged } = await startServer();
  const answers = await Promise.all(['/right', '/bad-header', '/right'].map(ask));
  expect(answers).toMatchObject([RIGHT, { status: 500 }, RIGHT]);
  expect(logged.join('')).toContain('ERR_INVALID_CHAR');
});

test('a second answer to a request is logged, and the others of its turn are sent', async () => {
  const { ask, logged } = await startServer();
  const answers = await Promise.all(['/right', '/twice', '/right'].map(ask));
  expect(answers).toEqual([RIGHT, { status: 200, text: 'first' }, RIGHT]);
  expect(logged.join('')).toContain('A request was answered a second time');
});
