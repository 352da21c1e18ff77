import { startApi, TestApi } from '../../support/api';

/** Indicators as a client sees them. Each test has indicators of its own; the clock only goes forward. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-01-10T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await api.write('planTask', { code: 'T1', department: 'D1', fiscalYear: 2023, title: '一网通办' });
});
afterAll(() => api.close());

const INDICATOR = {
  department: 'D1',
  fiscalYear: 2023,
  name: '热线接通率',
  level1: 'OUTPUT',
  level2: 'QUALITY',
  direction: 'AT_LEAST',
  target: '98',
};
const define = (code: string, input: object = {}) => api.write('defineIndicator', { ...INDICATOR, code, ...input });
const observe = (code: string, observedOn: string, value?: string, input: object = {}) =>
  api.write('recordObservation', { code, observedOn, value, ...input });

const read = async (code: string, fields: string) =>
  (await api.data(`query($code: ID!) { indicator(code: $code) { ${fields} } }`, { code })).indicator;
const readAt = async (at: object, code: string, fields: string) =>
  (
    await api.data(`query($at: AsOfInput!, $code: ID!) { asOf(at: $at) { indicator(code: $code) { ${fields} } } }`, {
      at,
      code,
    })
  ).asOf.indicator;

describe('defining an indicator', () => {
  const ALL = `code department { code } fiscalYear task { code title } name level1 level2 direction unit
    baseline target targetUpper points completionRate retired latest { id } observations { id } revision
    lastChange { type } history { nodes { type } }`;

  test('answers the indicator as defined, its numbers as they were written', async () => {
    const input = {
      code: 'D-1',
      department: 'D1',
      fiscalYear: 2023,
      name: '平均响应时间',
      level1: 'BENEFIT',
      level2: 'SUSTAINABLE',
      direction: 'RANGE',
      unit: '小时',
      baseline: '-0.50',
      target: '+01.0',
      targetUpper: '1.00',
      points: '0',
      task: 'T1',
    };
    const fields = `projected changes { type entityType entity department fiscalYear revision } indicator { ${ALL} }`;
    const { indicator, changes } = await api.write('defineIndicator', input, fields);
    expect(changes).toEqual([
      {
        type: 'IndicatorDefined',
        entityType: 'INDICATOR',
        entity: 'D-1',
        department: 'D1',
        fiscalYear: 2023,
        revision: 1,
      },
    ]);
    expect(indicator).toEqual({
      ...input,
      department: { code: 'D1' },
      task: { code: 'T1', title: '一网通办' },
      target: '1.0',
      completionRate: null,
      retired: false,
      latest: null,
      observations: [],
      revision: 1,
      lastChange: { type: 'IndicatorDefined' },
      history: { nodes: [{ type: 'IndicatorDefined' }] },
    });
  });

  test('a field that is left out or null is null', async () => {
    await define('D-2', { target: null, unit: null, task: null });
    expect(await read('D-2', 'task { code } unit baseline target targetUpper points')).toEqual({
      task: null,
      unit: null,
      baseline: null,
      target: null,
      targetUpper: null,
      points: null,
    });
  });

  test('is true from the beginning, whatever its effective date, and unknown before it is recorded', async () => {
    await define('D-3', { effectiveAt: '2023-01-08' });
    expect(await readAt({ effectiveAt: '1999-01-01' }, 'D-3', 'target retired')).toEqual({
      target: '98',
      retired: false,
    });
    expect(await readAt({ knownAt: '2023-01-09' }, 'D-3', 'target')).toBeNull();
    expect(await read('D-9', 'target')).toBeNull();
  });
});

describe('the reading of a quarter, asked about later', () => {
  const CHAIN = `value qualifier source text corrected
    change { type revision } corrections { type revision reason }`;
  let ids: { readonly first: string; readonly past: string; readonly present: string };

  beforeAll(async () => {
    await define('Q-1');
    api.clock.set('2023-10-08T02:00:00.000Z');
    await observe('Q-1', '2023-09-30', '97.4', { qualifier: 'GT', source: '12345 平台', text: '初报' });
    const { latest } = await read('Q-1', 'latest { id }');
    api.clock.set('2023-11-02T02:00:00.000Z');
    await api.write('correctObservation', { code: 'Q-1', observation: latest.id, value: '98.2', reason: '漏计' });
    api.clock.set('2023-11-05T02:00:00.000Z');
    const past = await readAt({ knownAt: '2023-10-10', effectiveAt: '2023-09-30' }, 'Q-1', 'latest { id }');
    ids = { first: latest.id, past: past.latest.id, present: (await read('Q-1', 'latest { id }')).latest.id };
  });

  const REST = {
    qualifier: 'GT',
    source: '12345 平台',
    text: '初报',
    change: { type: 'ObservationRecorded', revision: 2 },
  };

  test('as it was known then', async () => {
    const at = { knownAt: '2023-10-10', effectiveAt: '2023-09-30' };
    expect(await readAt(at, 'Q-1', `completionRate latest { ${CHAIN} }`)).toEqual({
      completionRate: '99.39',
      latest: { ...REST, value: '97.4', corrected: false, corrections: [] },
    });
  });

  test.each([
    ['on record', {}],
    ['effective then', { effectiveAt: '2023-09-30' }],
    ['effective then, at its first instant', { effectiveAt: '2023-09-30T00:00:00+08:00' }],
    ['known on the day of the correction', { knownAt: '2023-11-02', effectiveAt: '2023-10-01' }],
  ])('as it is known now, %s, with the full chain', async (_when, at) => {
    const observation = {
      ...REST,
      value: '98.2',
      corrected: true,
      corrections: [{ type: 'ObservationCorrected', revision: 3, reason: '漏计' }],
    };
    expect(await readAt(at, 'Q-1', `completionRate latest { ${CHAIN} } observations { ${CHAIN} }`)).toEqual({
      completionRate: '100.20',
      latest: observation,
      observations: [observation],
    });
  });

  test.each([
    ['before its day', { effectiveAt: '2023-09-29' }],
    ['a millisecond before its day', { effectiveAt: '2023-09-29T23:59:59.999+08:00' }],
    ['before it was recorded', { knownAt: '2023-10-07' }],
  ])('%s there is none, which is not 0', async (_when, at) => {
    expect(await readAt(at, 'Q-1', 'completionRate latest { id } observations { id }')).toEqual({
      completionRate: null,
      latest: null,
      observations: [],
    });
  });

  test('its id holds the snapshot, and names the observation at any snapshot', async () => {
    expect(ids.present).toBe(ids.first);
    expect(ids.past).not.toBe(ids.present);
    for (const [id, value] of [
      [ids.past, '98.3'],
      [ids.present, '98.4'],
    ]) {
      await api.write('correctObservation', { code: 'Q-1', observation: id, value });
      expect(await read('Q-1', 'latest { value }')).toEqual({ latest: { value } });
    }
  });

  test('its id is the id of a node, at the snapshot in the id', async () => {
    const ask = 'query($id: ID!) { node(id: $id) { id ... on Observation { observedOn value } } }';
    const [past, present] = [await api.data(ask, { id: ids.past }), await api.data(ask, { id: ids.present })];
    expect(past.node).toEqual({ id: ids.past, observedOn: '2023-09-30', value: '97.4' });
    expect(present.node).toEqual({ id: ids.present, observedOn: '2023-09-30', value: '98.4' });
  });
});

describe('observations', () => {
  const VALUES = 'latest { value observedOn } observations { value observedOn }';

  test('are effective from their day, whenever they are recorded', async () => {
    await define('O-1');
    const fields = 'changes { effectiveAt }';
    const input = { code: 'O-1', value: '1' };
    const effective = async (more: object) =>
      (await api.write('recordObservation', { ...input, ...more }, fields)).changes[0].effectiveAt;
    const from = '2023-06-29T16:00:00.000Z';
    expect(await effective({ observedOn: '2023-06-30' })).toBe(from);
    expect(await effective({ observedOn: '2023-06-30', effectiveAt: '2023-06-30' })).toBe(from);
    expect(await effective({ observedOn: '2023-06-30', effectiveAt: '2023-06-30T00:00:00+08:00' })).toBe(from);
  });

  test('a late recording of an earlier date does not override the latest; of one day the one recorded last holds', async () => {
    await define('O-2');
    await observe('O-2', '2023-10-31', '98.1');
    await observe('O-2', '2023-09-30', '97.4');
    const september = { value: '97.4', observedOn: '2023-09-30' };
    const october = { value: '98.1', observedOn: '2023-10-31' };
    expect(await read('O-2', VALUES)).toEqual({ latest: october, observations: [september, october] });
    await observe('O-2', '2023-10-31', '98.0');
    const again = { value: '98.0', observedOn: '2023-10-31' };
    expect(await read('O-2', VALUES)).toEqual({ latest: again, observations: [september, october, again] });
    expect(await readAt({ effectiveAt: '2023-10-30' }, 'O-2', VALUES)).toEqual({
      latest: september,
      observations: [september],
    });
  });

  test('are corrected by the id of the change that first recorded them, any number of times', async () => {
    await define('O-3');
    const { changes } = await observe('O-3', '2023-09-30', '1', { qualifier: null });
    const correct = (input: object) =>
      api.write('correctObservation', { code: 'O-3', observation: changes[0].id, ...input });
    await correct({ value: '2.50', qualifier: 'APPROX' });
    await correct({ observedOn: '2023-08-31', text: '八月数', withdraw: null });
    const ALL = 'observations { value qualifier observedOn text corrected corrections { revision } }';
    expect(await read('O-3', ALL)).toEqual({
      observations: [
        {
          value: '2.50',
          qualifier: 'APPROX',
          observedOn: '2023-08-31',
          text: '八月数',
          corrected: true,
          corrections: [{ revision: 3 }, { revision: 4 }],
        },
      ],
    });
    expect(await readAt({ effectiveAt: '2023-08-31' }, 'O-3', 'latest { value }')).toEqual({
      latest: { value: '2.50' },
    });
  });

  test('are only in history after a withdrawal, and can be brought back', async () => {
    await define('O-4');
    const { changes } = await observe('O-4', '2023-09-30', '1');
    const correct = (input: object) =>
      api.write('correctObservation', { code: 'O-4', observation: changes[0].id, ...input });
    const { position } = await correct({ withdraw: true });
    const SEEN = 'latest { value } observations { value } revision';
    expect(await read('O-4', SEEN)).toEqual({ latest: null, observations: [], revision: 3 });
    await correct({ value: '2' });
    expect(await read('O-4', SEEN)).toEqual({ latest: { value: '2' }, observations: [{ value: '2' }], revision: 4 });
    expect(await readAt({ position }, 'O-4', SEEN)).toEqual({ latest: null, observations: [], revision: 3 });
  });

  test('of a qualitative indicator are texts', async () => {
    await define('O-5', { direction: 'QUALITATIVE', target: null });
    await observe('O-5', '2023-09-30', undefined, { text: '达成预期指标' });
    expect(await read('O-5', 'completionRate latest { value text qualifier }')).toEqual({
      completionRate: null,
      latest: { value: null, text: '达成预期指标', qualifier: 'EQ' },
    });
  });

  test.each([
    ['AT_LEAST', '98', null, '97.4', '99.39', false],
    ['AT_LEAST', '3', null, '-2', null, false],
    ['AT_MOST', '24', null, '16', '150.00', true],
    ['AT_MOST', '24', null, '0', null, true],
    ['AT_MOST', '0', null, '0', null, true],
    ['AT_MOST', '-5', null, '-8', null, true],
    ['AT_MOST', '-5', null, '-2', null, false],
    ['EQUAL', '5.0', null, '5', '100.00', true],
    ['RANGE', '1', '2', '2.01', '0.00', false],
  ])('%s %s (to %s) with %s: rate %s, reached %s', async (direction, target, targetUpper, value, rate, reached) => {
    const code = `R${direction}_${target}-${value}`.replaceAll('.', '_');
    await define(code, { direction, target, targetUpper });
    await observe(code, '2023-09-30', value);
    expect(await read(code, 'completionRate reached')).toEqual({ completionRate: rate, reached });
  });

  test.each([
    ['GT', true],
    ['GE', true],
    ['LE', null],
    ['LT', false],
    ['APPROX', true],
  ])('98 by its qualifier %s reaches at least 98: %s', async (qualifier, reached) => {
    const code = `Q-${qualifier}`;
    await define(code, { target: '98' });
    const { changes } = await observe(code, '2023-09-30', '98', { qualifier });
    expect(await read(code, 'reached')).toEqual({ reached });
    await api.write('correctObservation', { code, observation: changes[0].id, qualifier: 'EQ' });
    expect(await read(code, 'reached')).toEqual({ reached: true });
  });

  test('whether it is reached is traced: in series, blame, changes and diff', async () => {
    await define('Q-7', { target: '98' });
    await observe('Q-7', '2023-01-31', '97');
    const revised = await api.write('reviseIndicatorTarget', { code: 'Q-7', target: '90', effectiveAt: '2023-03-01' });
    await observe('Q-7', '2023-04-15', '80', { qualifier: 'GE' });
    const { series, blame, history } = await read(
      'Q-7',
      `series(from: "2022-12-01", to: "2023-04-30", step: MONTH) { value reached }
      blame { path value change { type } }
      history { nodes { fields { path before after } } }`,
    );
    expect(series).toEqual([
      { value: null, reached: null },
      { value: '97', reached: false },
      { value: '97', reached: false },
      { value: '97', reached: true },
      { value: '80', reached: null },
    ]);
    expect(blame).toContainEqual({ path: '/reached', value: null, change: { type: 'ObservationRecorded' } });
    const fields = history.nodes.map((node: { fields: { path: string }[] }) =>
      node.fields.find(({ path }) => path === '/reached'),
    );
    expect(fields).toEqual([
      undefined,
      { path: '/reached', before: null, after: false },
      { path: '/reached', before: false, after: true },
      { path: '/reached', before: true, after: null },
    ]);
    const { diff } = await api.data(
      `query($to: Position!) {
        diff(from: { position: $to, effectiveAt: "2023-02-28" }, to: { position: $to, effectiveAt: "2023-03-01" }, filter: { entities: ["Q-7"] }) {
          nodes { fields { path before after } }
        }
      }`,
      { to: revised.position },
    );
    expect(diff.nodes[0].fields).toContainEqual({ path: '/reached', before: false, after: true });
  });
});

describe('targets', () => {
  test('hold from the effective date of their revision, each part separately, and so does the rate', async () => {
    await define('T-1', { points: '10' });
    await observe('T-1', '2023-03-31', '99');
    await api.write('reviseIndicatorTarget', { code: 'T-1', target: '99.50', effectiveAt: '2023-06-01' });
    const { position } = await api.write('reviseIndicatorTarget', {
      code: 'T-1',
      target: '110',
      points: '12',
      effectiveAt: '2023-05-01',
    });
    const SEEN = 'target points completionRate';
    const seen = (target: string, points: string, completionRate: string | null) => ({
      target,
      points,
      completionRate,
    });
    expect(await readAt({ effectiveAt: '2023-03-30' }, 'T-1', SEEN)).toEqual(seen('98', '10', null));
    expect(await readAt({ effectiveAt: '2023-04-30' }, 'T-1', SEEN)).toEqual(seen('98', '10', '101.02'));
    expect(await readAt({ effectiveAt: '2023-05-01' }, 'T-1', SEEN)).toEqual(seen('110', '12', '90.00'));
    expect(await readAt({ effectiveAt: '2023-06-01' }, 'T-1', SEEN)).toEqual(seen('99.50', '12', '99.50'));
    expect(await readAt({ position }, 'T-1', SEEN)).toEqual(seen('99.50', '12', '99.50'));
    expect(await readAt({ position: String(BigInt(position) - 1n) }, 'T-1', SEEN)).toEqual(
      seen('99.50', '10', '99.50'),
    );
  });

  test('both ends of a range move at once', async () => {
    await define('T-2', { direction: 'RANGE', target: '1', targetUpper: '2' });
    await api.write('reviseIndicatorTarget', { code: 'T-2', target: '3', targetUpper: '4', points: null });
    expect(await read('T-2', 'target targetUpper points')).toEqual({ target: '3', targetUpper: '4', points: null });
  });
});

test('a retired indicator is retired from its effective date, and takes corrections', async () => {
  await define('X-1');
  const { changes } = await observe('X-1', '2023-09-30', '1');
  await api.write('retireIndicator', { code: 'X-1', effectiveAt: '2024-01-01' });
  expect(await read('X-1', 'retired')).toEqual({ retired: true });
  expect(await readAt({ effectiveAt: '2023-12-31' }, 'X-1', 'retired revision')).toEqual({
    retired: false,
    revision: 3,
  });
  expect(await readAt({ effectiveAt: '2024-01-01' }, 'X-1', 'retired')).toEqual({ retired: true });
  await api.write('correctObservation', { code: 'X-1', observation: changes[0].id, value: '2' });
  expect(await read('X-1', 'latest { value }')).toEqual({ latest: { value: '2' } });
});

test('an id answers at the snapshot that it was read in', async () => {
  await define('N-1');
  await api.write('reviseIndicatorTarget', { code: 'N-1', target: '99', effectiveAt: '2023-06-01' });
  const node = async (id: string) =>
    (await api.data('query($id: ID!) { node(id: $id) { id ... on Indicator { target } } }', { id })).node;
  const { id: past } = await readAt({ effectiveAt: '2023-05-31' }, 'N-1', 'id');
  const { id: present } = await read('N-1', 'id');
  expect(past).not.toBe(present);
  expect(await node(past)).toEqual({ id: past, target: '98' });
  expect(await node(present)).toEqual({ id: present, target: '99' });
});

test('the same observation sent twice under one key is recorded once', async () => {
  await define('I-1');
  const input = { code: 'I-1', observedOn: '2023-09-30', value: '1', idempotencyKey: 'reading-1' };
  const first = await api.write('recordObservation', input);
  await api.write('retireIndicator', { code: 'I-1' });
  const [change] = (await api.write('recordObservation', input)).changes;
  expect(change.eventId).toBe(first.changes[0].eventId);
  expect(await read('I-1', 'observations { value } revision')).toEqual({ observations: [{ value: '1' }], revision: 3 });
  const other = await api.refusal('recordObservation', { ...input, value: '2' });
  expect(other.extensions.code).toBe('CONFLICT');
});
