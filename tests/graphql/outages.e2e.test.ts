import { Outage } from '../../src/kernel/outage';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { startApi, TestApi } from '../support/api';

/** Read models that can be away. */
class LosableStore extends MemoryTemporalStore {
  isAway = false;

  override versions(...args: Parameters<MemoryTemporalStore['versions']>) {
    if (this.isAway) throw new Outage('away');
    return super.versions(...args);
  }
}

let api: TestApi;
let store: LosableStore;
beforeEach(async () => {
  store = new LosableStore();
  api = await startApi({ readModels: () => store });
  await api.write('registerDepartment', { code: 'D1', name: '数据管理局' });
  store.isAway = true;
});
afterEach(() => api.close());

async function send(path: string, query: string) {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await api.token()}` },
    body: JSON.stringify({ query }),
  });
  const { status, headers } = response;
  return {
    status,
    retryAfter: headers.get('retry-after'),
    type: headers.get('content-type'),
    text: await response.text(),
  };
}

const NAME = 'department(code: "D1") { name }';
const OUT = { status: 503, retryAfter: '1', type: expect.stringContaining('application/json') };

describe.each(['/graphql', '/graphql/stream'])('at %s', (path) => {
  test('a request is answered with 503 if nothing of it was answered', async () => {
    const { text, ...answer } = await send(path, `{ a: ${NAME} b: ${NAME} }`);
    expect(answer).toEqual(OUT);
    expect(JSON.parse(text)).toMatchObject({
      data: { a: null, b: null },
      errors: Array(2).fill({ extensions: { code: 'UNAVAILABLE', retryable: true } }),
    });
  });

  test.each([
    ['a part of it was answered', `{ ledger { timeZone } ${NAME} }`, /"timeZone":"Asia\/Shanghai"/],
    ['it was refused for another reason', `{ ${NAME} asOf(at: { position: "999999" }) { id } }`, /AS_OF_IN_FUTURE/],
    ['nothing went wrong', '{ __typename }', /"__typename":"Query"/],
  ])('and with 200 if %s', async (_, query, text) => {
    const answer = await send(path, query);
    expect(answer).toMatchObject({ status: 200, retryAfter: null });
    expect(answer.text).toMatch(text);
  });
});

test('a request is answered with 503 if only objects without values are left of it', async () => {
  api.eventStore.head = () => Promise.reject(new Outage('away'));
  const { text, ...answer } = await send('/graphql', '{ ledger { head } }');
  expect(answer).toEqual(OUT);
  expect(JSON.parse(text).data).toEqual({ ledger: { head: null } });
});

test('a mutation that is on record is 200, although another one of the request met the outage', async () => {
  const append = api.eventStore.append.bind(api.eventStore);
  let appends = 0;
  api.eventStore.append = (...args) => (++appends > 1 ? Promise.reject(new Outage('away')) : append(...args));
  const register = (code: string) =>
    `${code}: registerDepartment(input: { code: "${code}", name: "财政局" }) { position }`;
  const { status, retryAfter, text } = await send('/graphql', `mutation { ${register('D2')} ${register('D3')} }`);
  expect({ status, retryAfter }).toEqual({ status: 200, retryAfter: null });
  expect(JSON.parse(text).data).toEqual({ D2: { position: expect.any(String) }, D3: null });
  expect(await send('/graphql', `mutation { ${register('D4')} }`)).toMatchObject(OUT);
});
