import { TestApi } from '../../support/api';
import { feedClient, Transport, TRANSPORTS } from '../../support/feed-client';
import { rowsOfParquet } from '../../support/parquet';
import { TABLES } from '../../support/tables';
import { wholeSelection } from '../../support/whole-selection';

/** Everything that a reader can be answered about a ledger with the departments D1 and d-2, as texts. */
export async function everyAnswer(api: TestApi, token: string): Promise<readonly string[]> {
  return [...(await queried(api, token)), ...(await exported(api, token)), ...(await followed(api, token))];
}

const ENTITIES = ['Department', 'Budget', 'Task', 'Indicator', 'Evaluation', 'Proposal', 'ScoringTemplate', 'Change'];

const LISTS = `
  departments { nodes ${wholeSelection('Department', 1)} }
  budgets { nodes ${wholeSelection('Budget', 2)} }
  tasks { nodes ${wholeSelection('Task', 2)} }
  indicators { nodes ${wholeSelection('Indicator', 2)} }
  evaluations { nodes ${wholeSelection('Evaluation', 1)} }
  proposals { nodes ${wholeSelection('Proposal', 2)} }`;
const CHANGES = `changes(after: "0", first: 200) ${wholeSelection('ChangeConnection', 2)}`;
const MIDDLE = '2023-02-15';
const END = '2024-12-31';

async function queried(api: TestApi, token: string): Promise<readonly string[]> {
  const ids = await api.data(
    `{ budgets { nodes { id lastChange { id } } } tasks { nodes { id lastChange { id } } } proposals { nodes { id lastChange { id } } } }`,
    {},
    token,
  );
  const nodes = Object.values<any>(ids).flatMap((list) =>
    list.nodes.flatMap(({ id, lastChange }: any) => [id, lastChange.id]),
  );
  const node = `{ __typename id ${ENTITIES.map((type) => `... on ${type} ${wholeSelection(type, 1)}`).join(' ')} }`;
  const questions = [
    `{ ${LISTS} }`,
    `{ ${CHANGES} }`,
    `{ asOf(at: { knownAt: "${END}", effectiveAt: "${MIDDLE}" }) { ${LISTS} } }`,
    `{ diff(from: { position: "0" }, to: { knownAt: "${END}" }) ${wholeSelection('EntityDiffConnection', 2)} }`,
    `query($ids: [ID!]!) { nodes(ids: $ids) ${node} }`,
    ...nodes.slice(0, 2).map((id) => `{ node(id: ${JSON.stringify(id)}) ${node} }`),
  ];
  const texts = [];
  for (const question of questions) {
    const answer = await api.ask(question, { ids: nodes.slice(0, 50) }, token);
    expect(answer.errors).toBeUndefined();
    texts.push(JSON.stringify(answer.data));
  }
  return texts;
}

async function exported(api: TestApi, token: string): Promise<readonly string[]> {
  const fetched = async (path: string, accept = '*/*'): Promise<Buffer> => {
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
    expect([path, response.status]).toEqual([path, 200]);
    return Buffer.from(await response.arrayBuffer());
  };
  const texts = [
    await fetched('/changes.ndjson?fields=1'),
    await fetched('/changes.csv?fields=1'),
    await fetched('/changes?fields=1', 'application/cloudevents-batch+json'),
  ].map(String);
  for (const table of TABLES) {
    texts.push(String(await fetched(`/${table}.csv`)), String(await fetched(`/${table}.ndjson`)));
    texts.push(JSON.stringify(await rowsOfParquet(await fetched(`/${table}.parquet`))));
  }
  return texts;
}

async function followed(api: TestApi, token: string): Promise<readonly string[]> {
  const texts = [];
  for (const transport of TRANSPORTS) texts.push(JSON.stringify(await feedOf(api, transport, token)));
  return texts;
}

export const WHOLE_FEED = `subscription($after: Position, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    ... on Change ${wholeSelection('Change', 1)}
    ... on FeedMark { kind }
  }
}`;

/** What the feed has from the start until it has caught up. */
export async function feedOf(
  api: TestApi,
  transport: Transport,
  token: string,
  filter: object = {},
): Promise<readonly any[]> {
  const client = feedClient(transport, { url: api.url, token });
  const items = [];
  try {
    for await (const item of client.ask({ query: WHOLE_FEED, variables: { after: '0', filter } })) {
      expect(item.errors).toBeUndefined();
      if (item.data.changes.kind === 'CAUGHT_UP') return items;
      items.push(item.data.changes);
    }
    throw new Error('The feed has ended');
  } finally {
    client.dispose();
  }
}
