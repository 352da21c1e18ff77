import { startApi, TestApi } from '../support/api';
import { sendRaw } from '../support/raw-request';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe.each([
  ['GET', '/graphql?query=x'],
  ['POST', '/graphql'],
  ['GET', '/graphql/stream?query=x'],
  ['GET', '/changes.ndjson'],
])('%s %s', (method, path) => {
  const challenge = async (headers: Record<string, string>) => {
    const answer = await sendRaw(api.url, { method, path, headers: { 'content-length': '0', ...headers } });
    return [answer.status, answer.headers['www-authenticate']];
  };

  test.each([
    ['no token', {}],
    ['another scheme', { authorization: 'Basic dTpw' }],
    ['no token after the scheme', { authorization: 'Bearer ' }],
  ])('says how to authenticate: %s', async (_, headers) => {
    expect(await challenge(headers as Record<string, string>)).toEqual([401, 'Bearer realm="mingjian"']);
  });

  test('says that a token is invalid', async () => {
    const expired = await api.token({ expires: 1 });
    for (const token of ['a.b.c', expired]) {
      const invalid = 'Bearer realm="mingjian", error="invalid_token"';
      expect(await challenge({ authorization: `Bearer ${token}` })).toEqual([401, invalid]);
    }
  });
});
