import './support/browser-globals';
import { askEach } from '../../web/src/api/ask-each';
import { FurtherDepartmentsDocument } from '../../web/src/generated/documents';

/** One document that is asked with each of several variables. */

interface Waiting {
  readonly after: string;
  readonly answer: (body: object) => void;
}
let waiting: Waiting[];

beforeEach(() => {
  waiting = [];
  globalThis.fetch = (_address, init) => {
    const { variables } = JSON.parse(init?.body as string) as { readonly variables: { readonly after: string } };
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
      waiting.push({
        after: variables.after,
        answer: (body) => {
          resolve({ headers: new Headers(), text: () => Promise.resolve(JSON.stringify(body)) } as Response);
        },
      });
    });
  };
});

const each = ['0', '1', '2', '3', '4', '5', '6'].map((after) => ({ at: {}, after }));
const start = (signal = new AbortController().signal, onProgress?: (part: number) => void) =>
  askEach(FurtherDepartmentsDocument, each, signal, onProgress);
const asked = () => waiting.map(({ after }) => after);
const answered = (after: string) => ({ data: { asOf: { departments: after } } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answer(after: string, body: object = answered(after)): Promise<void> {
  waiting.find((one) => one.after === after)?.answer(body);
  await turn();
}

test('a few are asked at a time, and the answers keep the order of the questions', async () => {
  const parts: number[] = [];
  const found = start(undefined, (part) => parts.push(Math.round(part * each.length)));
  expect(asked()).toEqual(['0', '1', '2']);
  await answer('1');
  expect(asked()).toEqual(['0', '1', '2', '3']);
  for (const after of ['3', '2', '0', '4', '6', '5']) await answer(after);
  const { data } = (await found) as { readonly data: readonly object[] };
  expect(data).toEqual(each.map(({ after }) => answered(after).data));
  expect(parts).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('has no half: if one fails, all of it does, and no more is asked', async () => {
  const found = start();
  await answer('1', { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] });
  await answer('0');
  await answer('2');
  expect(await found).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
  expect(asked()).toEqual(['0', '1', '2']);
});

test('what is not waited for any more is no answer, though some of it has come', async () => {
  const controller = new AbortController();
  const found = start(controller.signal);
  await answer('0');
  controller.abort();
  expect(await found).toMatchObject({ ok: false });
});

test('nothing to ask is answered at once', async () => {
  expect(await askEach(FurtherDepartmentsDocument, [], new AbortController().signal)).toEqual({
    ok: true,
    data: [],
    size: 0,
  });
});
