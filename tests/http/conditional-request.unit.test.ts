import fastify, { onSendHookHandler } from 'fastify';
import { ConditionalRequest } from '../../src/http/conditional-request';

/** What a client gets that has kept these answers, if the answer stays the same under a tag. */
async function answerTo(kept: string | undefined, { tag, status = 200 }: { tag?: string; status?: number }) {
  const server = fastify();
  const conditional = new ConditionalRequest({ 'if-none-match': kept, 'accept-encoding': 'br' }, 'application/json');
  if (tag !== undefined) conditional.staysAs(tag);
  const onSend: onSendHookHandler = (_request, reply, payload, done) => {
    conditional.describe(reply);
    done(null, conditional.isNotModified ? null : payload);
  };
  server.get('/', { onSend }, (_request, reply) => reply.code(status).header('cache-control', 'no-store').send({}));
  const { statusCode, headers } = await server.inject('/');
  await server.close();
  const { etag, vary } = headers;
  return {
    status: statusCode,
    type: headers['content-type'],
    cache: headers['cache-control'],
    etag,
    vary,
    conditional,
  };
}

const JSON_UTF_8 = 'application/json; charset=utf-8';
const LASTING = { cache: 'private, no-cache', vary: 'accept, authorization' };
const OF_NOW = { cache: 'no-store', etag: undefined, vary: undefined, status: 200, type: JSON_UTF_8 };

test.each<[string, string | undefined]>([
  ['nothing', undefined],
  ['another answer', '"b"'],
])('a client that has kept %s gets the answer with its tag', async (_what, kept) => {
  const answer = await answerTo(kept, { tag: 'a' });
  expect(answer).toMatchObject({ ...LASTING, status: 200, etag: '"a"', type: JSON_UTF_8 });
  expect(answer.conditional).toMatchObject({ isLasting: true, isNotModified: false });
});

test.each<[string, string, string]>([
  ['it', '"b", "a"', '"a"'],
  ['it in a coding', '"a-br"', '"a-br"'],
  ['something', '*', '"a"'],
])('a client that has kept %s is told so, under the tag that it knows', async (_what, kept, etag) => {
  const answer = await answerTo(kept, { tag: 'a' });
  expect(answer).toMatchObject({ ...LASTING, status: 304, etag, type: undefined });
  expect(answer.conditional).toMatchObject({ isLasting: true, isNotModified: true });
});

test('an answer about now has no tag, and a client that has kept it gets it again', async () => {
  for (const kept of [undefined, '"a"', '*']) {
    const answer = await answerTo(kept, {});
    expect(answer).toMatchObject(OF_NOW);
    expect(answer.conditional).toMatchObject({ isLasting: false, isNotModified: false });
  }
});

test('a refusal has no tag', async () => {
  expect(await answerTo('"a"', { tag: 'a', status: 400 })).toMatchObject({ ...OF_NOW, status: 400 });
});

test('a client that has kept any answer asks whether it is still the same', () => {
  const asking = (kept: string | undefined) => new ConditionalRequest({ 'if-none-match': kept }, 'application/json');
  expect([asking('"a"').isRevalidation, asking(undefined).isRevalidation]).toEqual([true, false]);
  expect([asking('"a"').has('a'), asking('"a"').has('b'), asking(undefined).has('a')]).toEqual([true, false, false]);
});
