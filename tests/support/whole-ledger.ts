import {
  getNamedType,
  GraphQLObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/app/features';
import { Answer, TestApi } from './api';
import { collect } from './events';
import { History, play } from './histories/history';
import { feedClient, isCaughtUp, read } from './feed-client';
import { TABLES } from './tables';

/** A query to a server, and its answer in a form that can be compared. */
export interface WholeQuestion {
  readonly text: string;
  readonly ask: (api: TestApi) => Promise<WholeAnswer>;
}

/** `errors`: the codes of all errors. */
export interface WholeAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
}

export interface Asked {
  readonly question: WholeQuestion;
  readonly before: WholeAnswer;
}

/** Sends them together. Returns those that were refused. */
export async function expectRightOrBehind(api: TestApi, asked: readonly Asked[]): Promise<readonly Asked[]> {
  const refused: Asked[] = [];
  await Promise.all(
    asked.map(async (each) => {
      const { text, ask } = each.question;
      const found = await ask(api);
      if (found.errors.length === 0) {
        expect({ text, ...found }).toEqual({ text, ...each.before });
        return;
      }
      expect({ text, errors: [...new Set(found.errors)] }).toEqual({ text, errors: ['READ_MODEL_BEHIND'] });
      refused.push(each);
    }),
  );
  return refused;
}

export const askAll = (api: TestApi, questions: readonly WholeQuestion[]): Promise<Asked[]> =>
  Promise.all(questions.map(async (question) => ({ question, before: await question.ask(api) })));

/** Plays the history against the server, as against a ledger in this process. */
export async function fill(api: TestApi, history: History): Promise<void> {
  const ask: typeof api.ask = async (query, variables, sub) =>
    api.ask(query, variables, sub === undefined ? undefined : await api.token({ sub }));
  const { eventStore } = api;
  const positions = async (): Promise<readonly bigint[]> =>
    (await collect(eventStore.readAll(0n))).map(({ position }) => position);
  await play(history, { sent: [], ask, head: () => eventStore.head(), positions }, api.clock);
}

const YEAR = 2023;

/** Everything that can be queried about recorded changes: each root field, list, filter, node, moment, export, and the feed. */
export async function wholeLedger(api: TestApi): Promise<readonly WholeQuestion[]> {
  const head = (await api.data('{ changes(first: 200) { position } }')).changes.position as string;
  const entities = await api.data(`{
    departments { nodes { id code } } budgets { nodes { id } } tasks { nodes { id code } }
    indicators { nodes { id code } } evaluations { nodes { id } }
  }`);
  const codes = (list: string): string[] => entities[list].nodes.map(({ code }: { code: string }) => code);
  const ids = Object.values<any>(entities).flatMap(({ nodes }) => nodes.map(({ id }: { id: string }) => id));
  const departments = [...codes('departments'), 'NONE'];
  const fields = [
    ...departments.map((code) => field('department', { code })),
    ...departments.map((department) => field('budget', { department, fiscalYear: YEAR })),
    ...departments.map((department) => field('evaluation', { department, fiscalYear: YEAR })),
    ...[...codes('tasks'), 'NONE'].map((code) => field('task', { code })),
    ...[...codes('indicators'), 'NONE'].map((code) => field('indicator', { code })),
    ...['departments', 'budgets', 'tasks', 'indicators', 'evaluations'].flatMap((list) => [
      field(list, {}),
      field(list, { last: 1 }),
    ]),
    ...['budgets', 'tasks', 'indicators', 'evaluations'].map((list) => field(list, { fiscalYear: YEAR })),
    ...['tasks', 'indicators'].map((list) => field(list, { department: departments[0]! })),
    ...codes('tasks').map((task) => field('indicators', { task })),
    'tasks(status: [COMPLETED]) { nodes { code } }',
    'tasks(overdue: true) { nodes { code } }',
    'indicators(level1: [OUTPUT]) { nodes { code } }',
    'evaluations(status: [DRAFT]) { nodes { id } totalCount }',
    'departments(search: "局") { nodes { code name } totalCount }',
    'budgets(orderBy: { field: EXECUTED, direction: DESC }) { nodes { id executed } totalCount }',
    'budgets(departments: ["D1", "d-2"], closed: false) { nodes { id } totalCount }',
    'tasks(codes: ["T1", "t-2"], orderBy: { field: DUE_ON }) { nodes { code dueOn } totalCount }',
    'indicators(search: "热线", orderBy: { field: COMPLETION_RATE }) { nodes { code completionRate } totalCount }',
  ];
  const moments = [
    { position: String(BigInt(head) / 2n) },
    { position: head, effectiveAt: `${YEAR}-06-30` },
    { knownAt: `${YEAR}-01-31` },
  ];
  return [
    ...fields.map((each) => graphql(`{ ${each} }`)),
    ...moments.flatMap((at) => fields.map((each) => graphql(`{ asOf(at: ${literal(at)}) { position ${each} } }`))),
    ...ids.map((id) => graphql(`{ node(id: ${literal(id)}) { __typename id } }`)),
    graphql(`{ nodes(ids: ${literal(ids.slice(0, 20))}) { __typename id } }`),
    graphql(
      `{ diff(from: { position: "1" }, to: { position: "${head}" }) { nodes { ${selection('EntityDiff', 1)} } } }`,
    ),
    graphql('{ changes(after: "0", first: 200) { nodes { id position data subject { id } } } }'),
    graphql('{ changes(first: 1, filter: { entityTypes: [BUDGET] }) { nodes { id fields { path after } } } }'),
    exported('/changes.ndjson?after=0'),
    exported('/changes.csv?after=0'),
    ...TABLES.map((table) => exported(`/${table}.ndjson`)),
    graphql(`{ totals(fiscalYear: ${YEAR}, by: [DEPARTMENT]) { keys budgets revised executed } }`),
    feed(),
  ];
}

/** A root field, with everything that can be selected below it without arguments. */
function field(name: string, args: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(args).map(([key, value]) => `${key}: ${literal(value)}`);
  const type = getNamedType(schema.getQueryType()!.getFields()[name]!.type) as GraphQLObjectType;
  const isList = type.name.endsWith('Connection');
  const below = isList ? `nodes { ${selection(type.name.replace('Connection', ''), 0)} }` : selection(type.name, 1);
  return `${name}${written.length === 0 ? '' : `(${written.join(', ')})`} { ${below} }`;
}

function selection(typeName: string, depth: number): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
  const parts = Object.values(type.getFields()).flatMap((each) => {
    if (each.args.some(isRequiredArgument)) return [];
    const named = getNamedType(each.type);
    if (isLeafType(named)) return each.name;
    return depth === 0 ? [] : `${each.name} { ${selection(named.name, depth - 1)} }`;
  });
  return ['__typename', ...parts].join(' ');
}

const literal = (value: unknown): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1:');

function graphql(query: string): WholeQuestion {
  return {
    text: query,
    async ask(api) {
      const answer: Answer = await api.ask(query);
      return { data: answer.data ?? null, errors: (answer.errors ?? []).map(({ extensions }) => extensions.code) };
    },
  };
}

function exported(path: string): WholeQuestion {
  return {
    text: path,
    async ask(api) {
      const response = await fetch(`${api.url}${path}`, {
        headers: { authorization: `Bearer ${await api.token()}`, accept: '*/*' },
      });
      const text = await response.text();
      if (response.ok) return { data: text, errors: [] };
      const { errors } = JSON.parse(text) as { errors: readonly { extensions: { code: string } }[] };
      return { data: null, errors: errors.map(({ extensions }) => extensions.code) };
    },
  };
}

function feed(): WholeQuestion {
  return {
    text: 'the feed from the start',
    async ask(api) {
      const client = feedClient('SSE', { url: api.url, token: await api.token() });
      try {
        return { data: await read(client.ask({ variables: { after: '0' } }), isCaughtUp), errors: [] };
      } catch (error) {
        const code = /"code":"(\w+)"/.exec(String(error))?.[1];
        if (code === undefined) throw error;
        return { data: null, errors: [code] };
      } finally {
        client.dispose();
      }
    },
  };
}
