import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, DocumentNode, graphql, GraphQLSchema, parse, print } from 'graphql';
import { startApi, TestApi } from '../../support/api';

/**
 * A gateway of others over two provinces and a subgraph of statistics. It composes the schemas that the subgraphs answer, and plans by itself.
 */

/** What a gateway asks a subgraph. */
interface Asked {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly context?: unknown;
}
type Answering = (asked: Asked) => Promise<any>;

const NAMES = ['huizhou', 'meizhou'] as const;
type Name = (typeof NAMES)[number];

const provinces = new Map<Name, TestApi>();
let gateway: GraphQLSchema;
/** What each subgraph was asked for, in order. */
let sent: { readonly subgraph: string; readonly document: string }[] = [];

const shanghai = (text: string): string => new Date(`${text.replace(' ', 'T')}+08:00`).toISOString();
const province = (name: Name): TestApi => provinces.get(name)!;

/** Question 1 of the auditors, in two provinces: a supplement that was true before, and recorded after, 30 June. */
async function startProvince(name: Name, opening: string, supplement: string): Promise<void> {
  const api = await startApi({ now: shanghai('2023-02-10 10:00'), federatedAs: name });
  provinces.set(name, api);
  const budget = { department: 'DSJ', fiscalYear: 2023, unit: 'WAN_YUAN' };
  await api.write('registerDepartment', { code: 'DSJ', name: `${name}数据局` });
  const line = { code: 'A', name: '甲项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: opening };
  await api.write('approveBudget', { ...budget, effectiveAt: '2023-02-10', lines: [line] });
  api.clock.set(shanghai('2023-07-05 09:00'));
  await api.write('supplementBudget', { ...budget, line: 'A', amount: supplement, effectiveAt: '2023-06-28' });
  api.clock.set(shanghai('2024-03-01 09:00'));
}

/** Knows the residents of a department's area at the end of each half-year, and nothing of positions. */
const STATISTICS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])
  ${NAMES.map((name) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}_Department`;
    return `type ${type} @key(fields: "ledger code snapshot") {
      ledger: String! code: ID! snapshot: String!
      snapshotEffectiveAt: DateTime @external
      residents: Int @requires(fields: "snapshotEffectiveAt")
    }`;
  }).join('\n')}
  scalar DateTime
  type Query { statistics_departments: [Huizhou_Department]! }
`;

function statistics(): GraphQLSchema {
  const plain = STATISTICS.replace(/extend schema.*/, '').replace(/@(key|requires)\([^)]*\)|@external/g, '');
  const schema = buildSchema(`${plain}
    scalar _Any union _Entity = Huizhou_Department | Meizhou_Department
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`);
  const known = { huizhou: [6_050_000, 6_072_000], meizhou: [3_860_000, 3_850_000] };
  const residents = ({ ledger, snapshotEffectiveAt: at }: { ledger: Name; snapshotEffectiveAt?: string | null }) =>
    known[ledger][at && at < '2023-12-31' ? 0 : 1];
  Object.assign(schema.getQueryType()!.getFields()._entities!, {
    resolve: (_: unknown, { representations }: { representations: any[] }) =>
      representations.map((each) => ({ ...each, residents: residents(each) })),
  });
  Object.assign(schema.getQueryType()!.getFields().statistics_departments!, {
    resolve: () => [{ ledger: 'huizhou', code: 'DSJ', snapshot: 'NOW' }],
  });
  return schema;
}

/** Asks a province over HTTP as the caller of the gateway, whose token it hands on. */
const overHttp =
  (name: Name): Answering =>
  async ({ document, variables, context }) => {
    const query = print(document);
    sent.push({ subgraph: name, document: query });
    const response = await fetch(`${province(name).url}/graphql/subgraph`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${(context as { token: string }).token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as object;
  };

async function sdlOf(name: Name): Promise<string> {
  const context = { token: await province(name).token() };
  const answer = await overHttp(name)({ document: parse('{ _service { sdl } }'), variables: {}, context });
  return answer.data._service.sdl;
}

beforeAll(async () => {
  await startProvince('huizhou', '9689.88', '1000.00');
  await startProvince('meizhou', '500.00', '20.50');
  const services = [
    ...(await Promise.all(NAMES.map(async (name) => ({ name, typeDefs: parse(await sdlOf(name)) })))),
    { name: 'statistics', typeDefs: parse(STATISTICS) },
  ].map((service) => ({ ...service, url: `http://${service.name}.example/` }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  expect(errors).toEqual([]);
  const counted = statistics();
  gateway = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: supergraphSdl!,
    onSubschemaConfig: (config) => {
      const name = NAMES.find((each) => each === config.name.toLowerCase());
      config.executor =
        name === undefined
          ? async ({ document, variables }: Asked): Promise<any> =>
              graphql({ schema: counted, source: print(document), variableValues: variables })
          : overHttp(name);
    },
  });
});
beforeEach(() => {
  sent = [];
});
afterAll(async () => {
  for (const api of provinces.values()) await api.close();
});

async function ask(source: string, variableValues: object = {}, token?: string): Promise<any> {
  const contextValue = { token: token ?? (await province('huizhou').token({ roles: ['auditor'] })) };
  return JSON.parse(
    JSON.stringify(await graphql({ schema: gateway, source, variableValues: { ...variableValues }, contextValue })),
  );
}

const QUESTION = `query($at: AsOfInput!) {
  ${NAMES.map(
    (name) => `${name}: ${name}_asOf(at: $at) {
    position
    budget(department: "DSJ", fiscalYear: 2023) { ...Sums department { ledger residents } }
  }`,
  ).join('\n')}
}
fragment Sums on Amounts { revised(unit: WAN_YUAN) }`;

const revisedIn = (data: any) => NAMES.map((name) => data[name]?.budget.revised);

test('1. What was the revised budget on 30 June, in both provinces?', async () => {
  const revised = async (at: object) => {
    const { data, errors } = await ask(QUESTION, { at });
    expect(errors).toBeUndefined();
    return revisedIn(data);
  };
  expect(await revised({ effectiveAt: '2023-06-30' })).toEqual(['10689.88', '520.50']);
  expect(await revised({ knownAt: '2023-06-30', effectiveAt: '2023-06-30' })).toEqual(['9689.88', '500.00']);
  expect(await revised({ knownAt: '2023-06-30' })).toEqual(['9689.88', '500.00']);
  expect(await revised({ knownAt: '2023-07-05', effectiveAt: '2023-06-27' })).toEqual(['9689.88', '500.00']);
});

test('a position of one province is refused by the other, with the reason, and is not read there', async () => {
  const { data } = await ask(QUESTION, { at: { knownAt: '2023-06-30' } });
  const answer = await ask(QUESTION, { at: { position: data.huizhou.position } });
  expect(revisedIn(answer.data)).toEqual(['9689.88', undefined]);
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors[0]).toMatchObject({
    message: expect.stringContaining('a position of another ledger means nothing here'),
    path: ['meizhou'],
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('a subgraph that adds to a department answers as of the same moment', async () => {
  const residentsAt = async (at: object) => {
    const { data, errors } = await ask(QUESTION, { at });
    expect(errors).toBeUndefined();
    return NAMES.map((name) => data[name].budget.department.residents);
  };
  expect(await residentsAt({ effectiveAt: '2023-06-30' })).toEqual([6_050_000, 3_860_000]);
  expect(await residentsAt({})).toEqual([6_072_000, 3_850_000]);
});

test('what another subgraph knows by its key is read in the ledger that the key names, and nowhere else', async () => {
  const { data, errors } = await ask('{ statistics_departments { name residents } }');
  expect(errors).toBeUndefined();
  expect(data.statistics_departments).toEqual([{ name: 'huizhou数据局', residents: 6_072_000 }]);
  expect(sent.map(({ subgraph }) => subgraph)).toEqual(['huizhou']);
  expect(sent[0]?.document).toContain('_entities');
});

test('each province judges what the caller of the gateway may read', async () => {
  const token = await province('huizhou').token({ roles: ['auditor'], departments: [], readDepartments: ['OTHER'] });
  const question = '{ huizhou_departments { nodes { code } } statistics_departments { code name } }';
  const { data } = await ask(question, {}, token);
  expect(data).toEqual({ huizhou_departments: { nodes: [] }, statistics_departments: [null] });
  expect((await ask(question)).data.statistics_departments).toEqual([{ code: 'DSJ', name: 'huizhou数据局' }]);
});

test('a mutation goes to the one ledger that it names', async () => {
  const token = await province('meizhou').token();
  const { data, errors } = await ask(
    'mutation { meizhou_registerDepartment(input: { code: "NEW", name: "新局" }) { position } }',
    {},
    token,
  );
  expect(errors).toBeUndefined();
  expect(data.meizhou_registerDepartment.position).toMatch(/^meizhou:\d+$/);
  expect(new Set(sent.map(({ subgraph }) => subgraph))).toEqual(new Set(['meizhou']));
});
