import { composeServices } from '@theguild/federation-composition';
import {
  getNamedType,
  GraphQLID,
  GraphQLSchema,
  graphqlSync,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isUnionType,
  getNullableType,
  parse,
  print,
  validateSchema,
  GraphQLField,
} from 'graphql';
import { features, schema } from '../../../src/app/features';
import { guardsOf } from '../../../src/graphql/execution/guards';
import { HTTP_POST } from '../../../src/graphql/execution/operation-kinds';
import { LedgerName } from '../../../src/graphql/federation/ledger-name';
import { subgraphOf } from '../../../src/graphql/federation/subgraph';
import { PositionScalar } from '../../../src/graphql/scalars';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits';

const HUIZHOU = subgraphOf(schema, new LedgerName('huizhou'));
const MEIZHOU = subgraphOf(schema, new LedgerName('meizhou'));

function sdlOf(subgraph: GraphQLSchema): string {
  const { data } = graphqlSync({ schema: subgraph, source: '{ _service { sdl } }' });
  return (data as { _service: { sdl: string } })._service.sdl;
}

const compose = (subgraphs: Readonly<Record<string, string>>) =>
  composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `http://${name}.example/` })),
  );
const errorsOf = (subgraphs: Readonly<Record<string, string>>): readonly string[] =>
  (compose(subgraphs).errors ?? []).map(({ message }) => message);

const typesOf = (subgraph: GraphQLSchema) =>
  Object.values(subgraph.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const compositesOf = (subgraph: GraphQLSchema) =>
  typesOf(subgraph).filter((type) => isObjectType(type) || isInterfaceType(type));

describe('composition', () => {
  test('takes one ledger', () => {
    expect(validateSchema(HUIZHOU)).toEqual([]);
    expect(errorsOf({ huizhou: sdlOf(HUIZHOU) })).toEqual([]);
  });

  test('joins two ledgers, and a subgraph that adds to a department', () => {
    const statistics = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
      type Huizhou_Department @key(fields: "ledger code snapshot") {
        ledger: String! code: ID! snapshot: String! residents: Int
      }
      type Query { statistics_of: [Huizhou_Department!]! }
    `;
    const { supergraphSdl, errors } = compose({ huizhou: sdlOf(HUIZHOU), meizhou: sdlOf(MEIZHOU), statistics });
    expect(errors ?? []).toEqual([]);
    // A root field is answered by the one ledger that it names, so nobody can take the half for the whole.
    const fields = /^type Query[^]*?^}/m.exec(supergraphSdl ?? '')?.[0];
    expect(fields).toMatch(/huizhou_departments\([^]*?\): Huizhou_\w+!? @join__field\(graph: HUIZHOU\)/);
    expect(fields).toMatch(/meizhou_departments\([^]*?\): Meizhou_\w+!? @join__field\(graph: MEIZHOU\)/);
  });

  test('refuses two ledgers of one name', () => {
    expect(errorsOf({ huizhou: sdlOf(HUIZHOU), another: sdlOf(HUIZHOU) }).join()).toMatch(/huizhou_departments/);
  });
});

describe('the schema', () => {
  const sdl = sdlOf(HUIZHOU);
  const headerOf = (type: string): string => new RegExp(`^(type|interface) ${type}\\b.*`, 'm').exec(sdl)?.[0] ?? '';

  test('has a key for each node, and shares each value', () => {
    const node = HUIZHOU.getType('Huizhou_Node');
    const nodes = isInterfaceType(node) ? HUIZHOU.getPossibleTypes(node).map(({ name }) => name) : [];
    expect(nodes.length).toBeGreaterThanOrEqual(10);
    expect(nodes.filter((name) => !headerOf(name).includes('@key(fields: "ledger id")'))).toEqual([]);
    expect(nodes.filter((name) => headerOf(name).includes('@shareable'))).toEqual([]);
    const values = compositesOf(HUIZHOU).filter(
      ({ name }) => isObjectType(HUIZHOU.getType(name)) && !name.includes('_'),
    );
    const shared = values.map(({ name }) => name).filter((name) => !['Query', 'Mutation'].includes(name));
    expect(shared).toEqual(expect.arrayContaining(['PageInfo', 'Actor', 'Evidence', 'Limits']));
    expect(shared.filter((name) => !headerOf(name).includes('@shareable'))).toEqual([]);
    expect(headerOf('Query')).toBe('type Query {');
  });

  test('gives a name of the ledger to each type that leads to a node', () => {
    const leads = (name: string): boolean => {
      const type = HUIZHOU.getType(name);
      if (isUnionType(type)) return type.getTypes().some((member) => leads(member.name));
      if (!isObjectType(type) && !isInterfaceType(type)) return false;
      return [
        ...type.getInterfaces(),
        ...Object.values(type.getFields()).map((field) => getNamedType(field.type)),
      ].some((below) => below.name.startsWith('Huizhou_'));
    };
    const unnamed = compositesOf(HUIZHOU).filter(({ name }) => !/^(Huizhou|)_|^(Query|Mutation)$/.test(name));
    expect(unnamed.length).toBeGreaterThan(20);
    expect(unnamed.filter(({ name }) => leads(name))).toEqual([]);
  });

  test('has every root field of the API but the feed, each with the name of the ledger', () => {
    const names = (type: { getFields(): object } | null | undefined) => Object.keys(type?.getFields() ?? {});
    const named = (fields: readonly string[]) => fields.map((name) => `huizhou_${name}`);
    expect(names(HUIZHOU.getQueryType())).toEqual([...named(names(schema.getQueryType())), '_entities', '_service']);
    expect(names(HUIZHOU.getMutationType())).toEqual(named(names(schema.getMutationType())));
    expect(HUIZHOU.getSubscriptionType()).toBeUndefined();
  });

  test('has no place where a position, a cursor or an id does not say its ledger', () => {
    const wrong: string[] = [];
    for (const type of typesOf(HUIZHOU)) {
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const place = `${type.name}.${field.name}`;
        const args = 'args' in field ? (field as GraphQLField<unknown, unknown>).args : [];
        const used = [field.type, ...args.map((argument) => argument.type)].map(getNamedType);
        if (used.some((leaf) => leaf === PositionScalar || leaf === GraphQLID)) wrong.push(place);
        if (/cursor$/i.test(field.name) && used[0]?.name !== 'Cursor') wrong.push(place);
        for (const { name, type: argument } of args) {
          const expected = ['Cursor', 'Position'];
          if (/^(after|before)$/.test(name) && !expected.includes(getNamedType(argument).name))
            wrong.push(`${place}(${name})`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('names kinds of entity that there are', () => {
    const types = compositesOf(HUIZHOU).filter((type) => isObjectType(type) && 'snapshot' in type.getFields());
    const kinds = types.map(({ name }) =>
      name
        .slice('Huizhou_'.length)
        .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
        .toUpperCase(),
    );
    expect(kinds).toEqual(expect.arrayContaining(['DEPARTMENT', 'TASK', 'INDICATOR']));
    expect(kinds.filter((kind) => !features.nodes.has(kind))).toEqual([]);
  });

  test('takes no name from a field of the API', () => {
    const added = ['ledger', 'snapshot', 'snapshotKnownAt', 'snapshotEffectiveAt'];
    const node = schema.getType('Node');
    const taken = (isInterfaceType(node) ? schema.getPossibleTypes(node) : []).flatMap((type) =>
      added.filter((name) => name in type.getFields()),
    );
    expect(taken).toEqual([]);
  });

  test('shows gateways none of its own machinery', () => {
    expect(sdl).not.toMatch(/\b(_Any|_Entity|_Service|_service|_entities)\b/);
    expect(print(parse(sdl))).toBe(sdl.trimEnd());
  });
});

describe('the bounds of the API', () => {
  test('hold for each list: only _entities is new', () => {
    const listsOf = (of: GraphQLSchema): readonly string[] =>
      compositesOf(of).flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => isListType(getNullableType(field.type)))
          .map((field) => `${type.name}.${field.name}`.replace(/^Huizhou_/, '').replace('.huizhou_', '.')),
      );
    const known = new Set(listsOf(schema));
    expect(listsOf(HUIZHOU).filter((list) => !known.has(list))).toEqual(['Query._entities']);
  });

  const guard = guardsOf(HUIZHOU, DEFAULT_LIMITS).judge;
  const entities = (fields: string, representations: unknown) =>
    guard({
      kinds: HTTP_POST,
      query: `query($r: [_Any!]!) { _entities(representations: $r) { ... on Huizhou_Department { ${fields} } } }`,
      variables: { representations, r: representations },
    });
  const DEPARTMENT = { __typename: 'Huizhou_Department', ledger: 'huizhou', code: 'D1', snapshot: 'NOW' };

  test('a page below as many entities as there may be is too complex', () => {
    const limits = (errors: ReturnType<typeof entities>) =>
      errors.map(({ extensions, message }) => extensions.limit ?? message);
    expect(limits(entities('name tasks { nodes { code } }', [DEPARTMENT]))).toEqual([]);
    expect(limits(entities('tasks(first: 100) { nodes { code } }', [DEPARTMENT]))).toEqual([]);
    expect(limits(entities('tasks(first: 100) { nodes { code title } }', [DEPARTMENT]))).toEqual(['maxComplexity']);
  });

  test.each([['a text'], [3], [['Huizhou_Department']], [null]])('%j is no representation', (representation) => {
    const [error] = entities('name', [DEPARTMENT, representation]);
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/representations/1' }] });
  });

  test('more representations than a list may have are refused before they are read', () => {
    const [error] = entities('name', new Array(DEFAULT_LIMITS.maxListItems + 1).fill(DEPARTMENT));
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

test.each(['', 'Huizhou', 'hui_zhou', '1st', 'a'.repeat(21), 'a:b'])('%j is no name of a ledger', (name) => {
  expect(() => new LedgerName(name)).toThrow('The name of a ledger');
});
