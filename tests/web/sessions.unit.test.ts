import './support/browser-globals';
import { ask } from '../../web/src/api/ask';
import { isReachable } from '../../web/src/api/connection';
import { clicked, openOrigin } from '../../web/src/blame/clicked';
import { LedgerHeadDocument } from '../../web/src/generated/documents';
import { isTimelineWhole, readTimeline, timeline, timelineState } from '../../web/src/moment/timeline';
import { now } from '../../web/src/session/ledger';
import { acceptToken, endSession, hasExpired, signOut, token } from '../../web/src/session/token';
import { viewer } from '../../web/src/session/viewer';

/** What the page keeps of a person, and what of the answers to that person. */

interface Sent {
  readonly as: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Reply = { readonly body: unknown; readonly date?: string };

let reply: (sent: Sent) => Promise<Reply> | Reply;
const sent: Sent[] = [];

beforeAll(() => {
  globalThis.fetch = async (_address, init) => {
    const { query, variables } = JSON.parse(init?.body as string) as Sent;
    const { authorization = '' } = init?.headers as Readonly<Record<string, string>>;
    const one = { as: authorization.slice('Bearer '.length), query, variables };
    sent.push(one);
    const { body, date } = await reply(one);
    return { ok: true, headers: new Headers(date === undefined ? {} : { date }), text: () => Promise.resolve(JSON.stringify(body)) } as unknown as Response; // prettier-ignore
  };
});

beforeEach(() => {
  // Whose a token is, is its first letter.
  reply = ({ as, query }) => ({
    body: query.includes('query Session') ? session(as.slice(0, 1)) : { data: head('9') },
  });
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance'] });
});

afterEach(async () => {
  signOut();
  await settled();
  sent.length = 0;
  jest.useRealTimers();
});

const session = (sub: string) => ({
  data: {
    viewer: { sub, name: sub, roles: [], commands: [], masked: [], readDepartments: [], writeDepartments: [] },
    ledger: { demo: false, timeZone: 'Asia/Shanghai', head: '9' },
  },
});
const head = (position: string | null) => ({ ledger: { head: position } });
const refused = (code: string, retryable = false) => ({
  errors: [{ message: code, extensions: { code, retryable } }],
});

/** Lets everything happen that waits for no time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function signInWith(accepted: string): Promise<void> {
  acceptToken(accepted);
  await settled();
}

const FIGURE = {
  label: 'Revised budget',
  text: '11,604.08',
  source: { kind: 'total', fiscalYear: 2023, measure: 'revised' },
} as const;

test('what a person was looking at stays for that person, and is gone for the next', async () => {
  await signInWith('a1');
  openOrigin(FIGURE);
  endSession('a1');
  await signInWith('a2');
  expect([viewer.value?.sub, hasExpired.value, clicked.value?.text]).toEqual(['a', false, '11,604.08']);
  endSession('a2');
  await signInWith('b1');
  expect([viewer.value?.sub, hasExpired.value, clicked.value]).toEqual(['b', false, undefined]);
});

test('until the server has said whose a new token is, the screen is not given to anybody', async () => {
  await signInWith('a1');
  endSession('a1');
  let answer = (_reply: Reply): void => undefined;
  reply = () => new Promise((resolve) => (answer = resolve));
  await signInWith('b1');
  expect([hasExpired.value, viewer.value?.sub]).toEqual([true, 'a']);
  answer({ body: session('b') });
  await settled();
  expect([hasExpired.value, viewer.value?.sub]).toEqual([false, 'b']);
});

test('that an earlier token is refused says nothing about the one of now', async () => {
  await signInWith('a1');
  let answer = (_reply: Reply): void => undefined;
  reply = ({ as, query }) =>
    as === 'a1'
      ? new Promise((resolve) => (answer = resolve))
      : { body: query.includes('Session') ? session('b') : {} };
  const late = ask(LedgerHeadDocument, {});
  await signInWith('b1');
  answer({ body: refused('UNAUTHENTICATED') });
  expect(await late).toMatchObject({ ok: false });
  expect([hasExpired.value, token.value]).toEqual([false, 'b1']);
});

test('a question of one person is not asked again as another', async () => {
  await signInWith('a1');
  reply = ({ as, query }) =>
    query.includes('Session') ? { body: session(as.slice(0, 1)) } : { body: refused('READ_MODEL_BEHIND', true) };
  const asked = ask(LedgerHeadDocument, {});
  await settled();
  await signInWith('b1');
  await jest.advanceTimersByTimeAsync(10_000);
  expect(await asked).toMatchObject({ ok: false, failure: { code: 'READ_MODEL_BEHIND' } });
  expect(sent.filter(({ query }) => query.includes('LedgerHead')).map(({ as }) => as)).toEqual(['a1']);
});

test('what a proxy answers in JSON is no answer of the server', async () => {
  await signInWith('a1');
  reply = () => ({ body: { message: 'Bad gateway' } });
  expect(await ask(LedgerHeadDocument, {})).toMatchObject({ ok: false, failure: { code: 'UNREACHABLE' } });
  expect(isReachable.value).toBe(false);
  reply = ({ as }) => ({ body: session(as.slice(0, 1)) });
  await ask(LedgerHeadDocument, {});
  expect(isReachable.value).toBe(true);
});

test('a server that never answers is given up, and said to be unreachable', async () => {
  await signInWith('a1');
  const { fetch } = globalThis;
  globalThis.fetch = (_address, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => {
        reject(init.signal?.reason as Error);
      });
    });
  const asked = ask(LedgerHeadDocument, {});
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await asked).toMatchObject({ ok: false, failure: { code: 'UNREACHABLE' } });
  expect(isReachable.value).toBe(false);
  globalThis.fetch = fetch;
  await ask(LedgerHeadDocument, {});
});

test('the time is that of the server if the clock of the browser is wrong', async () => {
  await signInWith('a1');
  const date = new Date(Date.now() + 40 * 86_400_000).toUTCString();
  reply = () => ({ body: { data: head('9') }, date });
  await ask(LedgerHeadDocument, {});
  expect(Math.abs(now() - Date.parse(date))).toBeLessThan(60_000);
  reply = () => ({ body: { data: head('9') }, date: new Date().toUTCString() });
  await ask(LedgerHeadDocument, {});
  expect(Math.abs(now() - Date.now())).toBeLessThan(60_000);
});

describe('the changes of the slider', () => {
  const page = (...positions: readonly string[]) => ({
    data: {
      changes: {
        nodes: positions.map((position) => ({ position, recordedAt: '2023-01-01T00:00:00.000Z', documentNo: null })),
        position: positions.at(-1) ?? '0',
        pageInfo: { hasNextPage: false },
      },
    },
  });
  const timelineOf = (newest: string | null, changes: () => unknown) => {
    reply = ({ as, query }) => {
      if (query.includes('query Session')) return { body: session(as.slice(0, 1)) };
      return { body: query.includes('LedgerHead') ? { data: head(newest) } : changes() };
    };
  };

  test('are complete on a ledger that has none', async () => {
    timelineOf(null, () => page());
    await signInWith('a1');
    await readTimeline();
    expect([timelineState.value.kind, isTimelineWhole.value, timeline.value]).toEqual(['READ', true, []]);
  });

  test('are said to be unread if the server refuses them, and are read when they are asked for again', async () => {
    timelineOf('2', () => refused('LIMIT_EXCEEDED'));
    await signInWith('a1');
    await readTimeline();
    expect(timelineState.value).toMatchObject({ kind: 'FAILED', failure: { code: 'LIMIT_EXCEEDED' } });
    timelineOf('2', () => page('1', '2'));
    await readTimeline();
    expect([timelineState.value.kind, timeline.value.map(({ position }) => position)]).toEqual(['READ', ['1', '2']]);
  });

  test('of one person are gone when another one signs in, also those that are on their way', async () => {
    timelineOf('2', () => page('1', '2'));
    await signInWith('a1');
    await readTimeline();
    let answer = (_reply: Reply): void => undefined;
    reply = ({ query }) =>
      query.includes('query Session') ? { body: session('b') } : new Promise((resolve) => (answer = resolve));
    const late = readTimeline();
    await settled();
    await signInWith('b1');
    answer({ body: { data: head('2') } });
    await late;
    expect([timeline.value, timelineState.value.kind]).toEqual([[], 'READING']);
  });
});
