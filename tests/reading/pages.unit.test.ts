import fc from 'fast-check';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { connectionTypes } from '../../src/graphql/pages';
import { cutPage, Page, PageRequest, pageRequest, walkOfIndexes } from '../../src/reading/pages';
import { runs } from '../support/property';

/** A list of the letters from a on; each is its own cursor. */
const letters = (length: number): string[] => Array.from({ length }, (_, index) => String.fromCharCode(97 + index));
const pageOf = (list: readonly string[], request: Partial<PageRequest>): Promise<Page<number>> =>
  cutPage(
    { size: 50, backward: false, ...request },
    walkOfIndexes(
      list.length,
      (index) => list[index]!,
      (cursor) => list.indexOf(cursor),
    ),
  );
const shown = ({ edges, hasPrevious, hasNext }: Page<number>): string =>
  `${hasPrevious ? '‹' : ''}${edges.map(({ cursor }) => cursor).join('')}${hasNext ? '›' : ''}`;

describe('a page of a to e', () => {
  test.each<[string, Partial<PageRequest>, string]>([
    ['everything', {}, 'abcde'],
    ['the first 2', { size: 2 }, 'ab›'],
    ['the first 5', { size: 5 }, 'abcde'],
    ['the first 2 after b', { size: 2, after: 'b' }, '‹cd›'],
    ['the first 2 after c', { size: 2, after: 'c' }, '‹de'],
    ['after the last', { after: 'e' }, '‹'],
    ['the last 2', { size: 2, backward: true }, '‹de'],
    ['the last 5', { size: 5, backward: true }, 'abcde'],
    ['the last 2 before d', { size: 2, backward: true, before: 'd' }, '‹bc›'],
    ['the last 2 before c', { size: 2, backward: true, before: 'c' }, 'ab›'],
    ['before the first', { backward: true, before: 'a' }, '›'],
    ['between a and e', { after: 'a', before: 'e' }, '‹bcd'],
    ['the first 2 between a and e', { size: 2, after: 'a', before: 'e' }, '‹bc›'],
    ['the last 2 between a and e', { size: 2, backward: true, after: 'a', before: 'e' }, '‹cd›'],
    ['between d and b, where there is nothing', { after: 'd', before: 'b' }, '‹'],
    ['the first 0', { size: 0 }, '›'],
    ['the first 0 after e', { size: 0, after: 'e' }, '‹'],
    ['the last 0', { size: 0, backward: true }, '‹'],
  ])('%s', async (_what, request, expected) => {
    expect(shown(await pageOf(letters(5), request))).toBe(expected);
  });

  test.each<[string, Partial<PageRequest>, string]>([
    ['after', { after: 'x' }, '/after'],
    ['before', { before: '' }, '/before'],
  ])('refuses a cursor of another list (%s)', async (_what, request, path) => {
    await expect(pageOf(letters(5), request)).rejects.toMatchObject({
      refusal: { kind: 'BAD_USER_INPUT', violations: [{ path, message: 'is no cursor of this list' }] },
    });
  });
});

test('a page of an empty list has nothing on either side', async () => {
  expect(shown(await pageOf([], {}))).toBe('');
  expect(shown(await pageOf([], { backward: true }))).toBe('');
});

test('pages together give the whole list in its order, from either end, and report their ends correctly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(25), fc.integer({ min: 1, max: 9 }), fc.boolean(), async (length, size, backward) => {
      const list = letters(length);
      let read: string[] = [];
      for (let more = true; more;) {
        const cursor = backward ? { before: read[0] } : { after: read.at(-1) };
        const page = await pageOf(list, { size, backward, ...cursor });
        const cursors = page.edges.map((edge) => edge.cursor);
        expect(backward ? page.hasNext : page.hasPrevious).toBe(read.length > 0);
        read = backward ? [...cursors, ...read] : [...read, ...cursors];
        more = backward ? page.hasPrevious : page.hasNext;
        expect(more).toBe(read.length < length);
      }
      expect(read).toEqual(list);
    }),
    runs(300),
  );
});

test('a page needs one item more than requested, whatever the source of the list', async () => {
  const asked: unknown[] = [];
  const page = await cutPage({ size: 2, backward: false, after: 'a' }, (range) => {
    asked.push(range);
    return Promise.resolve(['b', 'c', 'd'].slice(0, range.limit).map((node) => ({ cursor: node, node })));
  });
  expect(page.edges).toHaveLength(2);
  expect(asked).toEqual([
    { after: 'a', before: undefined, limit: 3, backward: false },
    { before: 'b', limit: 1, backward: true },
  ]);
});

describe('the requested page', () => {
  test.each([
    ['nothing', {}, { size: 50, backward: false }],
    ['first', { first: 3 }, { size: 3, backward: false }],
    ['last', { last: 3 }, { size: 3, backward: true }],
    ['first 0', { first: 0 }, { size: 0, backward: false }],
    ['the largest page', { first: 200 }, { size: 200, backward: false }],
    ['cursors', { first: 3, after: 'a', before: 'b' }, { size: 3, backward: false, after: 'a', before: 'b' }],
    ['explicit nulls', { first: null, last: null, after: null, before: null }, { size: 50, backward: false }],
    ['an explicit null together with last', { first: null, last: 2 }, { size: 2, backward: true }],
  ])('%s', (_what, args, request) => {
    expect(pageRequest(args as never, DEFAULT_LIMITS)).toEqual(request);
  });

  test('is at most the default size if the largest page is smaller than that', () => {
    expect(pageRequest({}, { ...DEFAULT_LIMITS, maxPageSize: 20 }).size).toBe(20);
  });

  test.each([{ first: 201 }, { last: 201 }])('is refused if larger than the largest page: %s', (args) => {
    expect(() => pageRequest(args, DEFAULT_LIMITS)).toThrow(
      expect.objectContaining({
        refusal: expect.objectContaining({ kind: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }) as unknown,
      }) as Error,
    );
  });

  test('is refused from both ends at once', () => {
    expect(() => pageRequest({ first: 1, last: 1 }, DEFAULT_LIMITS)).toThrow('/last excludes first');
  });
});

test('a connection has its nodes, and the cursors at its ends', () => {
  class Letter {
    constructor(readonly name: string) {}
  }
  const LetterConnection = connectionTypes('Letter', () => Letter, 'A page of letters');
  const edges = ['a', 'b', 'c'].map((name) => ({ cursor: `at ${name}`, node: new Letter(name) }));
  const { nodes, pageInfo } = new LetterConnection({ edges, hasPrevious: true, hasNext: false });
  expect(nodes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: 'at a', endCursor: 'at c' });

  const empty = new LetterConnection({ edges: [], hasPrevious: false, hasNext: false });
  expect(empty.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false });
});
