import { LocalLedger } from './local-ledger';

interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list of the API: a query with the variables `first` and `after`, and if it can page backwards also `last` and `before`. */
export interface Listing {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The path of the connection in the answer. */
  readonly path: readonly string[];
}

/** The selection of a connection. */
export const connectionOf = (fields: string): string =>
  `edges { cursor node { ${fields} } } nodes { ${fields} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** The whole list from its start, `size` by `size`. Checks the page info of each page. */
export async function forwards<Node>(ledger: LocalLedger, list: Listing, size: number): Promise<Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null; ;) {
    const page: Connection<Node> = await pageOf(ledger, list, { first: size, after });
    expect(page.pageInfo.hasPreviousPage).toBe(found.length > 0);
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    expect(page.nodes).toHaveLength(size);
    after = page.pageInfo.endCursor;
  }
}

/** The whole list from its end. */
export async function backwards<Node>(ledger: LocalLedger, list: Listing, size: number): Promise<Node[]> {
  const found: Node[] = [];
  for (let before: string | null = null; ;) {
    const page: Connection<Node> = await pageOf(ledger, list, { last: size, before });
    expect(page.pageInfo.hasNextPage).toBe(found.length > 0);
    found.unshift(...page.nodes);
    if (!page.pageInfo.hasPreviousPage) return found;
    expect(page.nodes).toHaveLength(size);
    before = page.pageInfo.startCursor;
  }
}

async function pageOf<Node>(
  ledger: LocalLedger,
  list: Listing,
  page: {
    readonly first?: number;
    readonly last?: number;
    readonly after?: string | null;
    readonly before?: string | null;
  },
): Promise<Connection<Node>> {
  const data = await ledger.data(list.query, { ...list.variables, ...page });
  const connection = JSON.parse(JSON.stringify(list.path.reduce((at, name) => at[name], data))) as Connection<Node>;
  const { edges, nodes, pageInfo } = connection;
  expect(edges.length).toBeLessThanOrEqual(page.first ?? page.last ?? 0);
  expect(edges.map(({ node }) => node)).toEqual(nodes);
  expect(pageInfo).toMatchObject({
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  });
  return connection;
}
