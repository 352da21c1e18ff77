import './support/browser-globals';
import { readList } from '../../web/src/api/read-list';
import { KnownDepartmentsDocument, KnownDepartmentsQuery } from '../../web/src/generated/documents';

/** A list of the API that is longer than a page. */

const PAGE = 2;
let asked: (string | undefined)[];

/** A server that has this many departments, and fails after a cursor. */
function serve(count: number, failsAfter?: string): void {
  asked = [];
  globalThis.fetch = (_address, init) => {
    const { variables } = JSON.parse(init?.body as string) as { readonly variables: { readonly after?: string } };
    const begin = Number(variables.after ?? '0');
    asked.push(variables.after);
    const end = Math.min(count, begin + PAGE);
    const nodes = Array.from({ length: end - begin }, (_, index) => ({ code: `D${begin + index + 1}` }));
    const departments = { nodes, pageInfo: { endCursor: String(end), hasNextPage: end < count } };
    const answer =
      failsAfter !== undefined && variables.after === failsAfter
        ? { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }
        : { data: { departments } };
    return Promise.resolve({ headers: new Headers(), text: () => Promise.resolve(JSON.stringify(answer)) } as Response);
  };
}

const read = (most: number, after?: string) =>
  readList(
    { document: KnownDepartmentsDocument, variables: { after }, pageIn: ({ departments }) => departments, most },
    new AbortController().signal,
  );

test('says how many of its items have come', async () => {
  serve(5);
  const heard: number[] = [];
  const reading = {
    document: KnownDepartmentsDocument,
    variables: {},
    pageIn: ({ departments }: KnownDepartmentsQuery) => departments,
    most: 100,
  };
  await readList(reading, new AbortController().signal, (items) => heard.push(items));
  expect(heard).toEqual([2, 4, 5]);
});

const codes = (found: object) => (found as { nodes: readonly { code: string }[] }).nodes.map(({ code }) => code);

test('is read to its end, from the page that is asked for', async () => {
  serve(5);
  const found = await read(100);
  expect(codes(found)).toEqual(['D1', 'D2', 'D3', 'D4', 'D5']);
  expect(found).toMatchObject({ isWhole: true });
  expect(asked).toEqual([undefined, '2', '4']);
  expect(codes(await read(100, '2'))).toEqual(['D3', 'D4', 'D5']);
});

test('is read no further than its bound, and it says so', async () => {
  serve(5);
  const found = await read(4);
  expect(codes(found)).toEqual(['D1', 'D2', 'D3', 'D4']);
  expect(found).toMatchObject({ isWhole: false });
  serve(4);
  expect(await read(4)).toMatchObject({ isWhole: true });
});

test('has no half: if a page fails, all of it does', async () => {
  serve(5, '2');
  expect(await read(100)).toMatchObject({ failure: { code: 'FORBIDDEN' } });
});
