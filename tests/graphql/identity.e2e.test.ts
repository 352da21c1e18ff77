import { nodeQuestion, questionAt, questionsOf, startWorld, World } from '../clients/world';
import { everyFieldOf, NODE_TYPES } from '../clients/every-field';

/** One id, one content: an object is the same wherever its id occurs, and node returns it again. */

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.api.close());

type Json = Record<string, any>;

/** Every object in an answer that has selected all its fields. */
function whole(answer: unknown, type: string): Json[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const found = Object.values(answer).flatMap((value) => whole(value, type));
  const { __typename, ...rest } = answer as Json;
  return __typename === type && Object.keys(rest).length > 1 ? [answer, ...found] : found;
}

/** Every object of the type at every moment, with the feed and the diffs. */
async function everything(type: string): Promise<Json[]> {
  const found: Json[] = [];
  for (const { document, variables } of questionsOf(world, type)) {
    found.push(...whole(await world.api.data(document, variables), type));
  }
  return found;
}

test.each(NODE_TYPES)('%s: an id never has two contents, and node returns that content', async (type) => {
  const contents = new Map<string, Json>();
  for (const object of await everything(type)) {
    const known = contents.get(object.id);
    if (known === undefined) contents.set(object.id, object);
    else expect(object).toEqual(known);
  }
  expect(contents.size).toBeGreaterThan(3);
  for (const [id, object] of contents) {
    const { document, variables } = nodeQuestion(type, id);
    expect((await world.api.data(document, variables)).node).toEqual(object);
  }
});

describe('nodes', () => {
  const short = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Change { eventId subject { id } } } }';
  const idsOf = async (type: string) => (await everything(type)).map(({ id }) => id as string);

  test('answers like node, in the order of the ids, with null for an unknown id', async () => {
    const { changes, department } = await world.api.data(
      '{ changes(first: 1) { nodes { id eventId } } department(code: "D1") { id } }',
    );
    const [{ id, eventId }] = changes.nodes;
    const nobody = Buffer.from('1,TASK,NOBODY,,').toString('base64url');
    const elsewhere = Buffer.from(`1,CHANGE,TASK/T1,${eventId}/1,FEED`).toString('base64url');
    const beyond = Buffer.from('1,DEPARTMENT,D1,,3,,5').toString('base64url');
    const ids = [department.id, 'no id', id, eventId, nobody, elsewhere, beyond, department.id];
    const { nodes } = await world.api.data(short, { ids });
    expect(nodes).toEqual([
      { __typename: 'Department', id: department.id },
      null,
      { __typename: 'Change', id, eventId, subject: null },
      null,
      null,
      null,
      null,
      { __typename: 'Department', id: department.id },
    ]);
  });

  test.each(NODE_TYPES)('returns every %s as it was read', async (type) => {
    const objects = (await everything(type)).filter(
      ({ id }, index, all) => all.findIndex((o) => o.id === id) === index,
    );
    for (let start = 0; start < objects.length; start += 10) {
      const part = objects.slice(start, start + 10);
      const ids = part.map(({ id }) => `"${id}"`).join(' ');
      const { nodes } = await world.api.data(`{ nodes(ids: [${ids}]) { __typename id ${everyFieldOf(type)} } }`);
      expect(nodes).toEqual(part);
    }
  });

  test('answers an error of one id at its index, and leaves the others', async () => {
    const [id] = await idsOf('Task');
    const forged = Buffer.from('1,TASK,T1,,999999,').toString('base64url');
    const future = Buffer.from('1,TASK,T1,,3,,99999999999999').toString('base64url');
    const { data, errors } = await world.api.ask(short, { ids: [forged, id, future] });
    expect(data.nodes).toEqual([null, { __typename: 'Task', id }, null]);
    const places = errors!.map(({ path, extensions }) => [extensions.code, path?.join('.')]);
    expect(places.sort()).toEqual([
      ['AS_OF_IN_FUTURE', 'nodes.0'],
      ['AS_OF_IN_FUTURE', 'nodes.2'],
    ]);
  });

  test('accepts ids of 10 different snapshots but not of 11, and as many ids as a page has items', async () => {
    const { changes } = await world.api.data('{ changes(first: 11) { nodes { id } } }');
    const ids = changes.nodes.map(({ id }: Json) => id);
    expect((await world.api.data(short, { ids: ids.slice(1) })).nodes).not.toContain(null);
    expect((await world.api.ask(short, { ids })).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    const [present] = await idsOf('Department');
    const many = Array.from({ length: 200 }, () => present);
    expect((await world.api.data(short, { ids: many })).nodes).toHaveLength(200);
    const more = await world.api.ask(short, { ids: [...many, present] });
    expect(more.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  test('of a snapshot answers at that snapshot, whatever the ids carry', async () => {
    const at = world.moments['the past, on all clocks'];
    for (const type of NODE_TYPES) {
      const { document, variables } = questionAt(type, at!);
      const expected = whole(await world.api.data(document, variables), type).find(({ id }) => id)!;
      const ids = [...new Set(await idsOf(type))];
      const list = ids
        .slice(0, 60)
        .map((id) => `"${id}"`)
        .join(' ');
      const { asOf } = await world.api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { id nodes(ids: [${list}]) { __typename id ${everyFieldOf(type)} } } }`,
        { at },
      );
      const same = asOf.nodes.filter((node: Json | null) => node?.id === expected.id);
      expect(same.length).toBeGreaterThan(type === 'Change' ? 1 : 3);
      for (const node of same) expect(node).toEqual(expected);
    }
  });
});

test('node accepts no eventId and no malformed id', async () => {
  const [{ eventId }] = (await world.api.data('{ changes(first: 1) { nodes { eventId } } }')).changes.nodes;
  for (const id of [eventId, '', 'no id']) {
    const { errors } = await world.api.ask('query($id: ID!) { node(id: $id) { id } }', { id });
    expect(errors).toMatchObject([
      { path: ['node'], extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/id' }] } },
    ]);
  }
});

describe('the requested moment', () => {
  const overdue = 'task(code: "T1") { id overdue }';
  const ask = async (at: object) =>
    (await world.api.data(`query($at: AsOfInput!) { asOf(at: $at) { id ${overdue} } }`, { at })).asOf;

  test('is in the id if a time was given, but not if a position was', async () => {
    const [early, late] = [await ask({ knownAt: '2023-06-01' }), await ask({ knownAt: '2023-08-01' })];
    expect([early.task.overdue, late.task.overdue]).toEqual([false, true]);
    expect(new Set([early.id, late.id, early.task.id, late.task.id]).size).toBe(4);
    const position = (world.moments.past as Json).position;
    expect((await ask({ position })).task).toEqual((await ask({ position })).task);
  });

  test('can be before the first event: node answers then, too', async () => {
    const { id } = await ask({ knownAt: '1960-01-01' });
    const { node } = await world.api.data('query($id: ID!) { node(id: $id) { id ... on Snapshot { knownAt } } }', {
      id,
    });
    expect(node).toEqual({ id, knownAt: '1960-01-01T15:59:59.999Z' });
  });
});

describe('the id of a change as an argument', () => {
  const input = { department: 'D1', fiscalYear: 2023, reason: '再更正', idempotencyKey: 'any-id' };
  const idsOf = async (eventId: string) => {
    const objects = await everything('Change');
    return [...new Set(objects.filter((change) => change.eventId === eventId).map(({ id }) => id as string)), eventId];
  };

  test('may be of any snapshot, or the eventId: for an idempotency key it is the same input, and it is recorded as the eventId', async () => {
    const { changes } = await world.api.data(
      '{ changes(filter: { types: ["ExpenditureRecorded"] }) { nodes { eventId } } }',
    );
    const [{ eventId }] = changes.nodes;
    const ids = await idsOf(eventId);
    expect(ids.length).toBeGreaterThan(5);
    const made = [];
    for (const change of ids) {
      const fields = 'position changes { eventId data corrects { eventId } }';
      made.push(await world.api.write('correctBudgetFact', { ...input, change, amount: '32.00' }, fields));
    }
    expect(made[0].changes).toMatchObject([{ data: { corrects: eventId }, corrects: { eventId } }]);
    for (const again of made) expect(again).toEqual(made[0]);
    const reversed = await world.api.write(
      'reverseExpenditure',
      { ...input, change: ids[0], idempotencyKey: 'r' },
      'changes { data }',
    );
    expect(reversed.changes[0].data.expenditure).toBe(eventId);
  });

  test('may be that of an observation, too', async () => {
    const observations = await everything('Observation');
    const [{ eventId }] = (
      await world.api.data('{ changes(filter: { types: ["ObservationRecorded"] }) { nodes { eventId } } }')
    ).changes.nodes;
    const ids = [...new Set(observations.map(({ id }) => id as string)), ...(await idsOf(eventId))];
    const made = [];
    for (const observation of ids) {
      const correction = { code: 'I1', observation, value: '12', idempotencyKey: 'any-id' };
      made.push(await world.api.write('correctObservation', correction, 'position changes { eventId data }'));
    }
    expect(made[0].changes).toMatchObject([{ data: { corrects: eventId } }]);
    for (const again of made) expect(again).toEqual(made[0]);
  });
});

describe('a payload', () => {
  const fields = 'position budget { id executed } changes { id eventId position subject { id } }';

  test('has present ids; repeated under its key, it has those of the snapshot of its position', async () => {
    const spend = { department: 'D1', fiscalYear: 2023, line: 'L1', amount: '1.00', idempotencyKey: 'payload' };
    const first = await world.api.write('recordExpenditure', spend, fields);
    const { budget } = await world.api.data(
      '{ budget(department: "D1", fiscalYear: 2023) { id executed lastChange { id } } }',
    );
    expect(first.budget).toEqual({ id: budget.id, executed: budget.executed });
    expect(first.changes).toMatchObject([{ id: budget.lastChange.id, subject: { id: budget.id } }]);
    await world.api.write('recordExpenditure', { ...spend, idempotencyKey: 'later' });
    const again = await world.api.write('recordExpenditure', spend, fields);
    const { asOf } = await world.api.data(
      `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "D1", fiscalYear: 2023) {
        id executed lastChange { id eventId position subject { id } }
      } } }`,
      { at: { position: first.position } },
    );
    const { lastChange, ...then } = asOf.budget;
    expect(again).toEqual({ position: first.position, budget: then, changes: [lastChange] });
    expect(again.budget.id).not.toBe(first.budget.id);
    expect(again.changes[0].eventId).toBe(first.changes[0].eventId);
  });
});
