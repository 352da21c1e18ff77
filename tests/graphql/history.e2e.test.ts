import { startApi, TestApi } from '../support/api';

/** The position up to which a page of an entity's history was read: a client that resumes there misses nothing. */

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  // D1 changes at 1, 3, 5 and 7.
  for (const code of ['D1', 'D2']) await api.write('registerDepartment', { code, name: code });
  for (const name of ['甲', '乙', '丙']) {
    for (const code of ['D1', 'D2']) await api.write('renameDepartment', { code, name });
  }
});
afterAll(() => api.close());

test.each([
  ['', ['1', '3', '5', '7'], '8'],
  ['(first: 2)', ['1', '3'], '3'],
  ['(first: 0)', [], '0'],
  ['(first: 0, after: "3")', [], '3'],
  ['(first: 1, after: "4")', ['5'], '5'],
  ['(after: "3")', ['5', '7'], '8'],
  ['(before: "5")', ['1', '3'], '4'],
  ['(after: "1", before: "5")', ['3'], '4'],
  ['(before: "0")', [], '0'],
  ['(first: 1, before: "0")', [], '0'],
  ['(last: 1)', ['7'], '8'],
  ['(last: 1, before: "5")', ['3'], '4'],
  ['(last: 1, before: "0")', [], '0'],
])('history%s has %j and was read up to %s', async (page, positions, position) => {
  const { history } = (await api.data(`{ department(code: "D1") { history${page} { nodes { position } position } } }`))
    .department;
  expect(history).toEqual({ nodes: positions.map((at) => ({ position: at })), position });
});

test('a position beyond the snapshot stays as it is', async () => {
  const { asOf } = await api.data(
    '{ asOf(at: { position: "4" }) { department(code: "D1") { history(after: "6") { nodes { position } position } } } }',
  );
  expect(asOf.department.history).toEqual({ nodes: [], position: '6' });
});

test.each([['after'], ['before']])('AS_OF_IN_FUTURE: history(%s:) a position beyond the head', async (end) => {
  const inPast = (position: string) =>
    `{ asOf(at: { position: "4" }) { department(code: "D1") { history(${end}: "${position}") { position } } } }`;
  const { errors } = await api.ask(inPast('9'));
  expect(errors).toMatchObject([{ extensions: { code: 'AS_OF_IN_FUTURE' } }]);
  expect(await api.ask(inPast('8'))).not.toHaveProperty('errors');
});
