import { readFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explainCommand } from '../../src/cli/explain';
import { exportCommand } from '../../src/cli/export';
import { formCommand } from '../../src/cli/form';
import { monitorCommand } from '../../src/cli/monitor';
import { reportCommand } from '../../src/cli/report';
import { tailCommand } from '../../src/cli/tail';
import { TestApi } from '../support/api';
import { feedClient, isCaughtUp, read, Transport, TRANSPORTS } from '../support/feed-client';
import { IMPORT_ENTRIES } from '../support/import-entries';
import { rowsOfParquet } from '../support/parquet';
import { printed } from '../support/printed';
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

/** An entry whose refusal names what was asked for, too: only the mark says that it shows the department. */
const markedBy =
  (mark: string, entry: Entry): Entry =>
  async (reader) =>
    (await entry(reader)).includes(mark) ? 'D1' : 'nothing';

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
  monitoring: markedBy('timeProgress', query('{ monitoring(department: "D1", fiscalYear: 2023) { timeProgress } }')),
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

const COMMAND_LINE: Readonly<Record<string, Entry>> = {
  'mingjian explain': markedBy('"revised"', (reader) =>
    printed(reader, explainCommand, ['budget', 'D1', '2023', '--json']),
  ),
  'mingjian monitor': markedBy('"timeProgress"', (reader) => printed(reader, monitorCommand, ['D1', '2023', '--json'])),
  'mingjian report': markedBy('## ', (reader) => printed(reader, reportCommand, ['D1', '2023'])),
  'mingjian form': async (reader) => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'form.xlsx');
    await printed(reader, formCommand, ['department', 'D1', '2023', '--out', file]);
    const isFilled = existsSync(file);
    folder.remove();
    return isFilled ? 'D1' : 'nothing';
  },
  'mingjian export': async (reader) => {
    const folder = temporaryFolder();
    const target = join(folder.path, 'open-data');
    await printed(reader, exportCommand, [target]);
    const files = existsSync(target) ? readdirSync(target) : [];
    const texts = files.map((name) => readFileSync(join(target, name), 'utf8'));
    folder.remove();
    return texts.join('\n');
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

/** A payment from line A of the budget of 2022 that the ledger has. */
export const PAYMENT = { voucher: '记-1', amount: '1', day: '2022-06-01' };
const IMPORTED = {
  department: 'D1',
  fiscalYear: 2022,
  rows: [[PAYMENT.voucher, PAYMENT.amount]],
  dryRun: true,
} as const;

/** A dry run of an import says what is on record already. It needs the details of what persons sent. */
const IMPORTS: Readonly<Record<string, Entry>> = Object.fromEntries(
  IMPORT_ENTRIES.map(([name, imported]) => [name, markedBy('账上已有', (reader) => imported(reader, IMPORTED))]),
);
export const ENTRIES_WITH_DETAILS = Object.keys(IMPORTS);

/** Files that are made as a whole. */
const FILES: Readonly<Record<string, Entry>> = Object.fromEntries(
  ['/reports/evaluation/D1/2023.md', '/reports/evaluation/D1/2023.html', '/forms/department/D1/2023.xlsx'].map(
    (path) => [
      path,
      async ({ api, token }: Reader) => {
        const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
        await response.arrayBuffer();
        return response.ok ? 'D1' : 'nothing';
      },
    ],
  ),
);

/** Each way by which a caller reads. A new one is a new row. */
export const READING_ENTRIES: Readonly<Record<string, Entry>> = {
  ...QUERIES,
  ...Object.fromEntries(TRANSPORTS.map((transport) => [`a subscription over ${transport}`, subscription(transport)])),
  ...DOWNLOADS,
  ...FILES,
  ...IMPORTS,
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
