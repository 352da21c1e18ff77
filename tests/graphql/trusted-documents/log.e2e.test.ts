import { hashOf } from '../../../src/graphql/trusted-documents/manifest';
import { startApi, TestApi } from '../../support/api';
import { WAYS } from './transports';
import { WITH_COST } from '../../support/cost';

const LISTED = '{ ledger { demo } }';
const OTHER = '{ ledger { timeZone } }';

let api: TestApi;
let unlisted: string[] = [];

beforeAll(async () => {
  const listed = [{ hash: hashOf(LISTED), text: LISTED }];
  api = await startApi({ trust: { mode: 'log', listed, onUnlisted: (text) => unlisted.push(text) } });
});
beforeEach(() => {
  unlisted = [];
});
afterAll(() => api.close());

describe.each(Object.entries(WAYS))('by %s', (_, send) => {
  test('a document that is not listed is executed and reported', async () => {
    expect(await send(api, { query: OTHER })).toEqual({
      data: { ledger: { timeZone: 'Asia/Shanghai' } },
      extensions: WITH_COST,
    });
    expect(unlisted).toEqual([OTHER]);
  });

  test('a listed document is executed by its text or hash, and not reported', async () => {
    for (const request of [{ query: LISTED }, { documentId: hashOf(LISTED) }])
      expect(await send(api, request)).toEqual({ data: { ledger: { demo: false } }, extensions: WITH_COST });
    expect(unlisted).toEqual([]);
  });

  test('a client that names an unknown hash is asked for the document', async () => {
    const { errors } = await send(api, { documentId: hashOf(OTHER) });
    expect(errors).toEqual([{ message: 'PersistedQueryNotFound', extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(unlisted).toEqual([]);
  });
});
