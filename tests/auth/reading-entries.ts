import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { Command } from '../../src/cli/command';
import { explainCommand } from '../../src/cli/explain';
import { tailCommand } from '../../src/cli/tail';
import { TestApi } from '../support/api';
import { eventually } from '../support/eventually';
import { feedClient, isCaughtUp, read, Transport, TRANSPORTS } from '../support/feed-client';
import { rowsOfParquet } from '../support/parquet';
import { TABLES } from '../support/tables';
import { temporaryFolder } from '../support/temporary-folder';

/** What a caller asks with: its token, and ids of what belongs to the department D1. */
export interface Reader {
  readonly api: TestApi;
  readonly token: string;
  readonly ids: readonly string[];
}

/** Everything that an entry answers, as a text. If the caller reads the department D1, the text has its code, else it has not. */
type Entry = (reader: Reader) => Promise<string>;

const query =
  (text: string, variables: (ids: readonly string[]) => object = () => ({})): Entry =>
  async ({ api, token, ids }) => {
    const { data, errors = [] } = await api.ask(text, variables(ids), token);
    return JSON.stringify([data, errors.map(({ extensions }) => extensions.code)]);
  };

const ROOTS: Readonly<Record<string, string>> = {
  department: 'department(code: "D1") { code }',
  budget: 'budget(department: "D1", fiscalYear: 2023) { department { code } }',
  task: 'task(code: "T1") { department { code } }',
  indicator: 'indicator(code: "I1") { department { code } }',
  evaluation: 'evaluation(department: "D1", fiscalYear: 2023) { department { code } }',
  departments: 'departments { nodes { code } }',
  budgets: 'budgets { nodes { department { code } } }',
  tasks: 'tasks { nodes { department { code } } }',
  indicators: 'indicators { nodes { department { code } } }',
  evaluations: 'evaluations { nodes { department { code } } }',
  proposals: 'proposals { nodes { departmentCode change { department } } }',
  totals: 'totals(fiscalYear: 2023, by: [DEPARTMENT]) { keys }',
};

const BUDGET = 'budget(department: "D1", fiscalYear: 2023)';
const NODE = `__typename
  ... on Department { code } ... on Budget { department { code } } ... on Task { department { code } }
  ... on Indicator { department { code } } ... on Evaluation { department { code } } ... on Proposal { departmentCode }
  ... on Change { departmentOfChange: department }`;

const QUERIES: Readonly<Record<string, Entry>> = {
  ...Object.fromEntries(Object.entries(ROOTS).map(([name, field]) => [name, query(`{ ${field} }`)])),
  ...Object.fromEntries(
    Object.entries(ROOTS).map(([name, field]) => [
      `${name} as of a moment`,
      query(`{ asOf(at: { knownAt: "2023-06-30", effectiveAt: "2023-06-30" }) { ${field} } }`),
    ]),
  ),
  history: query(`{ ${BUDGET} { history { nodes { department } } } }`),
  blame: query(`{ ${BUDGET} { blame { path value change { department } } } }`),
  'a series': query(
    `{ ${BUDGET} { department { code } series(from: "2023-01-01", to: "2023-06-30", step: MONTH) { at } } }`,
  ),
  diff: query(
    '{ diff(from: { position: "0" }, to: { knownAt: "2023-06-30" }) { nodes { entity changes { department } } } }',
  ),
  changes: query('{ changes(after: "0") { nodes { department } } }'),
  'changes of an entity': query('{ changes(after: "0", filter: { entities: ["D1.2023"] }) { nodes { department } } }'),
  node: async (reader) => {
    const one = ({ id }: { readonly id: string }): Entry =>
      query(`query($id: ID!) { node(id: $id) { ${NODE} } }`, () => ({ id }));
    return (await Promise.all(reader.ids.map((id) => one({ id })(reader)))).join();
  },
  nodes: query(`query($ids: [ID!]!) { nodes(ids: $ids) { ${NODE} } }`, (ids) => ({ ids })),
};

const FEED = `subscription { changes(after: "0") { ... on Change { department } ... on FeedMark { kind } } }`;

const subscription =
  (transport: Transport): Entry =>
  async ({ api, token }) => {
    const client = feedClient(transport, { url: api.url, token });
    try {
      return JSON.stringify(await read(client.ask({ query: FEED }), isCaughtUp));
    } catch (error) {
      return String(error);
    } finally {
      client.dispose();
    }
  };

const download =
  (path: string, accept = '*/*'): Entry =>
  async ({ api, token }) => {
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
    if (!path.endsWith('.parquet') || !response.ok) return response.text();
    return JSON.stringify(await rowsOfParquet(Buffer.from(await response.arrayBuffer())));
  };

const DOWNLOADS: Readonly<Record<string, Entry>> = {
  ...Object.fromEntries(
    ['/changes.ndjson', '/changes.ndjson?fields=1', '/changes.csv'].map((path) => [path, download(path)]),
  ),
  'CloudEvents of /changes': download('/changes', 'application/cloudevents-batch+json'),
  ...Object.fromEntries(
    TABLES.flatMap((table) => ['csv', 'ndjson', 'parquet'].map((format) => `/${table}.${format}`)).map((path) => [
      path,
      download(path),
    ]),
  ),
};

type MakeCommand = (environment: Readonly<Record<string, string>>) => Command;

/** What a command of the command line prints. It is stopped once `isEnough` holds. */
async function printed(
  { api, token }: Reader,
  make: MakeCommand,
  arguments_: readonly string[],
  isEnough?: () => boolean,
): Promise<string> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const stopping = new AbortController();
  const running = make({ MINGJIAN_URL: api.url, MINGJIAN_TOKEN: token }).run(arguments_, {
    config: readConfig({}, 'tool'),
    out,
    err,
    signal: stopping.signal,
  });
  if (isEnough !== undefined) {
    await Promise.race([running, eventually('it has printed enough', () => Promise.resolve(isEnough()))]);
    stopping.abort();
  }
  await running;
  return `${String(out.read())} ${String(err.read())}`;
}

const COMMAND_LINE: Readonly<Record<string, Entry>> = {
  'mingjian explain': async (reader) => {
    const text = await printed(reader, explainCommand, ['budget', 'D1', '2023', '--json']);
    // The refusal of the command names what was asked for.
    return text.includes('"revised"') ? 'D1' : 'nothing';
  },
  'mingjian tail': async (reader) => {
    const folder = temporaryFolder();
    const cursor = join(folder.path, 'cursor');
    const head = String(await reader.api.eventStore.head());
    const isAtHead = () => existsSync(cursor) && readFileSync(cursor, 'utf8').includes(head);
    const text = await printed(reader, tailCommand, ['--after', 'start', '--json', '--cursor-file', cursor], isAtHead);
    folder.remove();
    return text;
  },
};

/** Each way by which a caller reads. A new one is a new row. */
export const READING_ENTRIES: Readonly<Record<string, Entry>> = {
  ...QUERIES,
  ...Object.fromEntries(TRANSPORTS.map((transport) => [`a subscription over ${transport}`, subscription(transport)])),
  ...DOWNLOADS,
  ...COMMAND_LINE,
};

/** The names of the entries whose answers have something of the department D1. */
export async function entriesThatShow(reader: Reader): Promise<readonly string[]> {
  const shown: string[] = [];
  for (const [name, entry] of Object.entries(READING_ENTRIES)) {
    if ((await entry(reader)).includes('D1')) shown.push(name);
  }
  return shown;
}
