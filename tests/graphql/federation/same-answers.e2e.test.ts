import { DocumentNode, execute, FieldNode, Kind, parse, visit } from 'graphql';
import { schema } from '../../../src/app/features';
import { parsePrincipal } from '../../../src/auth/principal';
import { RequestContext } from '../../../src/graphql/context';
import { LedgerName } from '../../../src/graphql/federation/ledger-name';
import { subgraphOf } from '../../../src/graphql/federation/subgraph';
import { everyFieldOf, NODE_TYPES } from '../../clients/every-field';
import { questionsOf, startWorld, World } from '../../clients/world';

/** The subgraph answers every question as the API does, under its own names. */

const LEDGER = new LedgerName('huizhou');
const SUBGRAPH = subgraphOf(schema, LEDGER);
const AUDITOR = parsePrincipal({ sub: 'u-auditor', roles: ['auditor'] })!;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.api.close());

type Variables = Readonly<Record<string, any>>;

async function answerOf(of: typeof schema, document: DocumentNode, variableValues: Variables): Promise<any> {
  const contextValue = new RequestContext(world.api.ledger.services, { principal: AUDITOR, correlationId: 'test' });
  const { data, errors } = await execute({ schema: of, document, variableValues, contextValue });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data));
}

const withTypes = (document: DocumentNode): DocumentNode =>
  visit(document, {
    NamedType: ({ name, ...type }) => {
      const own = LEDGER.typeName(name.value);
      return SUBGRAPH.getType(own) ? { ...type, name: { ...name, value: own } } : undefined;
    },
  });

/** The same document for the subgraph. Its answer has the names of the API. */
const inSubgraph = (document: DocumentNode): DocumentNode =>
  visit(withTypes(document), {
    OperationDefinition: ({ selectionSet, ...operation }) => ({
      ...operation,
      selectionSet: {
        ...selectionSet,
        selections: selectionSet.selections.map((field) => aliased(field as FieldNode)),
      },
    }),
  });

const aliased = (field: FieldNode): FieldNode => ({
  ...field,
  alias: field.alias ?? field.name,
  name: { kind: Kind.NAME, value: LEDGER.rootField(field.name.value) },
});

const markedPositions = (variables: Variables): Variables =>
  Object.fromEntries(
    Object.entries(variables).map(([name, at]) => {
      const marked = at?.position === undefined ? at : { ...at, position: LEDGER.mark(at.position as string) };
      return [name, marked];
    }),
  );

const withoutNames = (answer: unknown): any =>
  JSON.parse(JSON.stringify(answer).replaceAll('"huizhou:', '"').replaceAll('"Huizhou_', '"'));

/** Every id in an answer, of objects of a type. */
function idsIn(answer: unknown, type: string): string[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const { __typename, id } = answer as Record<string, unknown>;
  const below = Object.values(answer).flatMap((value) => idsIn(value, type));
  return __typename === type && typeof id === 'string' ? [id, ...below] : below;
}

test.each(NODE_TYPES)('%s: at every moment, and again by its key', async (type) => {
  const known = new Set<string>();
  for (const { document, variables } of questionsOf(world, type)) {
    const asked = parse(document);
    const expected = await answerOf(schema, asked, variables);
    const answer = await answerOf(SUBGRAPH, inSubgraph(asked), markedPositions(variables));
    expect(withoutNames(answer)).toEqual(expected);
    for (const id of idsIn(answer, `Huizhou_${type}`)) known.add(id);
  }
  const ids = [...known].slice(0, 20);
  expect(ids.length).toBeGreaterThan(3);
  const node = parse(`query($id: ID!) { node(id: $id) { __typename id ${everyFieldOf(type)} } }`);
  const every = `... on ${type} { __typename id } ${everyFieldOf(type)}`;
  const entity = parse(`query($key: [_Any!]!) { _entities(representations: $key) { ${every} } }`);
  for (const id of ids) {
    const expected = await answerOf(schema, node, { id: LEDGER.unmark(id) });
    const key = { __typename: LEDGER.typeName(type), ledger: LEDGER.text, id };
    const { _entities: found } = await answerOf(SUBGRAPH, withTypes(entity), { key: [key] });
    expect(withoutNames(found)).toEqual([expected.node]);
  }
});
