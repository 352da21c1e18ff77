import { startApi, TestApi } from '../support/api';
import { jsonOf, sendRaw } from '../support/raw-request';
import { WITH_COST } from '../support/cost';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

let count = 0;

test.each([
  ['application/json'],
  ['application/json; charset=utf-8'],
  ['application/json;charset=UTF-8'],
  ['application/json; charset="utf-8"'],
  ['application/json; charset=utf8'],
  ['Application/JSON; Charset=Utf-8'],
  ['application/json; foo=bar; charset=utf-8; x="y;z"'],
])('a body is recorded as it is sent with the content-type %s, with and without a byte order mark', async (type) => {
  for (const mark of ['', '\ufeff']) {
    const name = `财政局 🏛 ${count}`;
    const query = `mutation { registerDepartment(input: { code: "D${count++}", name: "${name}" }) { department { name } } }`;
    const answer = await sendRaw(api.url, {
      method: 'POST',
      path: '/graphql',
      headers: { authorization: `Bearer ${await api.token()}`, 'content-type': type, 'content-encoding': 'identity' },
      body: `${mark}${JSON.stringify({ query })}`,
    });
    expect(jsonOf(answer)).toEqual({ data: { registerDepartment: { department: { name } } }, extensions: WITH_COST });
  }
});
