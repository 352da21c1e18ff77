import { GraphQLError, parse } from 'graphql';
import { MeteredExecution } from '../../../src/graphql/execution/metered-execution';
import { AnswerTags, LastingRequest } from '../../../src/graphql/lasting/answer-tags';
import { LastingExecution } from '../../../src/graphql/lasting/lasting-execution';
import { ConditionalRequest } from '../../../src/http/conditional-request';
import { Signal } from '../../../src/kernel/telemetry';
import { NotedRead } from '../../../src/reading/on-record/read-note';

const READ: NotedRead = {
  operation: 'asOf',
  moment: { position: 1n },
  departments: ['D1'],
  fields: ['asOf.id'],
  count: 1,
};

/** A request whose reads are put on record. */
function request(): LastingRequest & { readonly repeated: NotedRead[] } {
  const repeated: NotedRead[] = [];
  const reads = { recorded: [READ], repeat: (again: readonly NotedRead[]) => repeated.push(...again) };
  const contextValue = { services: { reads } } as unknown as LastingRequest['contextValue'];
  return { document: parse('{ __typename }'), contextValue, repeated };
}

/** `tags`: what each question for the tag is answered; the last one from then on. */
function setUp({
  tags = ['T'],
  errors = [] as GraphQLError[],
}: {
  tags?: (string | undefined)[];
  errors?: GraphQLError[];
}) {
  const counts = { executed: 0, asked: 0 };
  const signals: Signal[] = [];
  const execution: Pick<MeteredExecution, 'execute'> = {
    execute() {
      counts.executed++;
      return { data: {}, extensions: { cost: {} }, ...(errors.length > 0 && { errors }) };
    },
  };
  const tagsOf: Pick<AnswerTags, 'tagOf'> = {
    tagOf: () => Promise.resolve(tags[Math.min(counts.asked++, tags.length - 1)]),
  };
  const lasting = new LastingExecution(execution, tagsOf, { report: (signal) => void signals.push(signal) });
  const ask = async (kept?: string, asked = request()) => {
    const conditional = new ConditionalRequest({ 'if-none-match': kept }, 'application/json');
    await lasting.execute(asked, conditional);
    return { isLasting: conditional.isLasting, isNotModified: conditional.isNotModified, repeated: asked.repeated };
  };
  return { ask, counts, signals };
}

test('a node that does not know what was read executes the question once more, and sends nothing', async () => {
  const { ask, counts, signals } = setUp({});
  expect(await ask('"T"')).toEqual({ isLasting: true, isNotModified: true, repeated: [] });
  expect(await ask('"T"')).toEqual({ isLasting: true, isNotModified: true, repeated: [READ] });
  expect(counts.executed).toBe(1);
  expect(signals).toEqual([
    { kind: 'cache-asked', cache: 'answers', found: false },
    { kind: 'cache-asked', cache: 'answers', found: true },
  ]);
});

test('an answer that may change is executed, whatever the client has', async () => {
  const { ask, counts, signals } = setUp({ tags: [undefined] });
  for (const kept of ['"T"', '*']) expect(await ask(kept)).toMatchObject({ isLasting: false, isNotModified: false });
  expect([counts.executed, signals]).toEqual([2, []]);
});

test('an answer with an error stays without a tag', async () => {
  const { ask } = setUp({ errors: [new GraphQLError('no')] });
  expect(await ask('"T"')).toMatchObject({ isLasting: false, isNotModified: false });
  expect(await ask('*')).toMatchObject({ isLasting: false, isNotModified: false });
});

test('an answer has no tag if other read models have begun to serve while it was made', async () => {
  const { ask } = setUp({ tags: ['T', 'U'] });
  expect(await ask()).toMatchObject({ isLasting: false });
  expect(await ask()).toMatchObject({ isLasting: true });
});

test('a reader whose reads are not recorded is not executed again', async () => {
  const { ask, counts } = setUp({});
  const asked = { ...request(), contextValue: { services: {} } as LastingRequest['contextValue'] };
  expect(await ask('"T"', asked)).toMatchObject({ isNotModified: true });
  expect(counts.executed).toBe(0);
});
