import { GraphQLError, parse } from 'graphql';
import { MeteredExecution } from '../../../src/graphql/execution/metered-execution';
import { LastingRequest } from '../../../src/graphql/lasting/answer-keys';
import { AnswerTags } from '../../../src/graphql/lasting/answer-tags';
import { LastingExecution } from '../../../src/graphql/lasting/lasting-execution';
import { ConditionalRequest } from '../../../src/http/conditional-request';
import { Signal, Telemetry } from '../../../src/kernel/telemetry';
import { NotedRead } from '../../../src/reading/on-record/read-note';

const READ: NotedRead = {
  operation: 'asOf',
  moment: { position: 1n },
  departments: ['D1'],
  fields: ['asOf.id'],
  count: 1,
};

const COST = { fields: 7, bytes: 10, cpuMs: 0.1 };

/** A request whose reads are put on record. */
function request(synchronous = true): LastingRequest & { readonly repeated: NotedRead[] } {
  const repeated: NotedRead[] = [];
  const reads = { recorded: [READ], repeat: (again: readonly NotedRead[]) => repeated.push(...again) };
  const contextValue = { services: { reads, edition: '', store: { synchronous } }, work: { cost: COST } };
  return { document: parse('{ __typename }'), contextValue: contextValue as never, repeated };
}

/** `keys`: what each question for the key is answered; the last one from then on. */
function setUp({
  keys = ['K'],
  errors = [] as GraphQLError[],
}: {
  keys?: (string | undefined)[];
  errors?: GraphQLError[];
}) {
  const counts = { executed: 0, asked: 0 };
  const signals: Signal[] = [];
  const execution: Pick<MeteredExecution, 'execute' | 'repeat'> = {
    execute() {
      counts.executed++;
      return { data: {}, dataText: '{"made":1}', extensions: { cost: {} }, ...(errors.length > 0 && { errors }) };
    },
    repeat: (_request, dataText, cost) => ({ data: null, dataText, extensions: { cost } }),
  };
  const keysOf = { of: () => ({ now: () => keys[Math.min(counts.asked++, keys.length - 1)] }) };
  const tags: Pick<AnswerTags, 'of'> = { of: (key) => `tag of ${key}` };
  const telemetry: Telemetry = {
    report: (signal) => {
      if (signal.kind === 'cache-asked') signals.push(signal);
    },
  };
  const lasting = new LastingExecution(execution, keysOf, tags, telemetry);
  const ask = async (kept?: string, asked = request()) => {
    const conditional = new ConditionalRequest({ 'if-none-match': kept }, 'application/json');
    await lasting.execute(asked, conditional);
    return { isLasting: conditional.isLasting, isNotModified: conditional.isNotModified, repeated: asked.repeated };
  };
  const post = async (asked = request()) => ({ answer: await lasting.execute(asked), repeated: asked.repeated });
  return { ask, post, counts, signals };
}

const KEPT = '"tag of K"';
const HIT: Signal = { kind: 'cache-asked', cache: 'answers', found: true };
const MISS: Signal = { ...HIT, found: false };

test('a node that does not know what was read makes the answer once more, and sends nothing', async () => {
  const { ask, counts, signals } = setUp({});
  expect(await ask(KEPT)).toEqual({ isLasting: true, isNotModified: true, repeated: [] });
  expect(await ask(KEPT)).toEqual({ isLasting: true, isNotModified: true, repeated: [READ] });
  expect(counts.executed).toBe(1);
  expect(signals).toEqual([MISS, HIT]);
});

test('an answer that is asked for again and again is made twice, and put on record each time', async () => {
  const { post, ask, counts, signals } = setUp({});
  for (const repeated of [[], []]) expect(await post()).toMatchObject({ answer: { data: {} }, repeated });
  const known = { data: null, dataText: '{"made":1}', extensions: { cost: COST } };
  expect(await post()).toEqual({ answer: known, repeated: [READ] });
  expect(await ask()).toEqual({ isLasting: true, isNotModified: false, repeated: [READ] });
  expect(await ask('"another tag"')).toEqual({ isLasting: true, isNotModified: false, repeated: [READ] });
  expect(counts.executed).toBe(2);
  expect(signals).toEqual([MISS, MISS, HIT, HIT, HIT]);
});

test('with read models in Redis, only an answer by GET is kept, because its key takes requests', async () => {
  const { post, ask, counts, signals } = setUp({});
  for (let time = 0; time < 3; time++) await post(request(false));
  expect([counts.executed, signals]).toEqual([3, []]);
  for (let time = 0; time < 3; time++) await ask(undefined, request(false));
  expect([counts.executed, signals]).toEqual([5, [MISS, MISS, HIT]]);
});

test('an answer that may change is made each time, whatever the client has', async () => {
  const { ask, post, counts, signals } = setUp({ keys: [undefined] });
  for (const kept of [KEPT, '*']) expect(await ask(kept)).toMatchObject({ isLasting: false, isNotModified: false });
  for (let time = 0; time < 3; time++) expect((await post()).answer.data).toEqual({});
  expect([counts.executed, signals]).toEqual([5, []]);
});

test('an answer with an error stays without a tag, and is not kept', async () => {
  const { ask, post, counts } = setUp({ errors: [new GraphQLError('no')] });
  expect(await ask(KEPT)).toMatchObject({ isLasting: false, isNotModified: false });
  expect(await ask('*')).toMatchObject({ isLasting: false, isNotModified: false });
  expect((await post()).answer).toHaveProperty('errors');
  expect(counts.executed).toBe(3);
});

test('an answer has no tag, and is not kept, if other read models have begun to serve while it was made', async () => {
  const { ask, post, counts } = setUp({ keys: ['K', 'L', 'K', 'L', 'K', 'L', 'K'] });
  for (let time = 0; time < 3; time++) expect(await ask()).toMatchObject({ isLasting: false });
  expect(counts.executed).toBe(3);
  await post();
  expect(counts.executed).toBe(4);
});

test('a reader whose reads are not recorded gets an answer confirmed that this node has not made', async () => {
  const { ask, counts } = setUp({});
  const asked = { ...request(), contextValue: { services: {} } as LastingRequest['contextValue'] };
  expect(await ask(KEPT, asked)).toMatchObject({ isNotModified: true });
  expect(counts.executed).toBe(0);
});
