import { Awaitable } from '../kernel/async';
import { DEFAULT_PAGE_SIZE, Limits } from '../kernel/limits';
import { badInput, limitExceeded, unwrap } from '../kernel/refusal';
import { CursorPath, placeOfCursor } from './cursors';

/** A requested page: how many items, from which end, and between which cursors. */
export interface PageRequest {
  readonly size: number;
  readonly backward: boolean;
  readonly after?: string;
  readonly before?: string;
}

/** What a client asks a list for, as lists of the API take it. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** Refusals, as `Refused`: BAD_USER_INPUT, LIMIT_EXCEEDED. */
export function pageRequest(args: PageArguments, { maxPageSize }: Limits): PageRequest {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  if (first !== undefined && last !== undefined) return unwrap(badInput('/last', 'excludes first'));
  const size = first ?? last ?? Math.min(DEFAULT_PAGE_SIZE, maxPageSize);
  if (size > maxPageSize) unwrap(limitExceeded('maxPageSize', `A page has at most ${maxPageSize} items`));
  return {
    size,
    backward: last !== undefined,
    after: args.after ?? undefined,
    before: args.before ?? undefined,
  };
}

/** What is read for a list that is answered as a whole. With one item more than it may have, it is refused as too long. */
export const wholeList = ({ maxListLength }: Limits): { readonly limit: number } => ({ limit: maxListLength + 1 });

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A piece of an ordered list, and whether there is more of the list on either side of it. */
export interface Page<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** A page of a list whose length can be asked for. */
export interface CountedPage<Node> extends Page<Node> {
  /** Items of the whole list. */
  count(): Awaitable<number>;
}

/** How a list is walked: at most `limit` edges between two cursors, nearest to the start or to the end, in list order. */
export type Walk<Node> = (range: {
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
  readonly backward: boolean;
}) => Promise<readonly Edge<Node>[]>;

/** Reads a page of a list. One edge more than requested shows whether there is more. */
export async function cutPage<Node>(request: PageRequest, walk: Walk<Node>): Promise<Page<Node>> {
  const { size, backward, after, before } = request;
  const found = await walk({ after, before, limit: size + 1, backward });
  const more = found.length > size;
  const edges = !more ? found : backward ? found.slice(1) : found.slice(0, size);
  const beyond = (backward ? before : after) !== undefined && (await hasMoreBeyond(edges, backward, walk));
  return { edges, hasPrevious: backward ? more : beyond, hasNext: backward ? beyond : more };
}

/** Whether the list goes on past the cursor that the page began at. An empty page has the whole list there. */
async function hasMoreBeyond<Node>(
  edges: readonly Edge<Node>[],
  backward: boolean,
  walk: Walk<Node>,
): Promise<boolean> {
  const outermost = backward ? edges.at(-1) : edges[0];
  const range = backward ? { after: outermost?.cursor } : { before: outermost?.cursor };
  return (await walk({ ...range, limit: 1, backward: !backward })).length > 0;
}

/** The walk of a list that is completely in memory. `indexOf` returns -1 for a cursor that is not in the list. */
export function walkOfIndexes(
  length: number,
  cursorAt: (index: number) => string,
  indexOf: (cursor: string) => number,
): Walk<number> {
  const known = (cursor: string): number | undefined => {
    const index = indexOf(cursor);
    return index < 0 ? undefined : index;
  };
  const place = (cursor: string, path: CursorPath): number => placeOfCursor(cursor, path, known);
  return ({ after, before, limit, backward }) => {
    const start = after === undefined ? 0 : place(after, '/after') + 1;
    const end = before === undefined ? length : place(before, '/before');
    const count = Math.max(0, Math.min(limit, end - start));
    const first = backward ? end - count : start;
    return Promise.resolve(
      Array.from({ length: count }, (_, index) => ({ cursor: cursorAt(first + index), node: first + index })),
    );
  };
}

/** How the items of a list are shown on its pages. */
export interface ItemsShown<Item, Node> {
  readonly cursorOf: (item: Item, index: number) => string;
  readonly nodeOf: (item: Item) => Node;
  /** Whether an item has the cursor, if there is a cheaper way than to make the cursors of all items. */
  readonly isAt?: (cursor: string) => (item: Item) => boolean;
}

/** A page of a list that is completely in memory. Only the items of the page become nodes. */
export async function pageOfItems<Item, Node>(
  items: readonly Item[],
  request: PageRequest,
  { cursorOf, nodeOf, isAt }: ItemsShown<Item, Node>,
): Promise<Page<Node>> {
  const cursorAt = (index: number): string => cursorOf(items[index] as Item, index);
  const indexOf = (cursor: string): number =>
    items.findIndex(isAt?.(cursor) ?? ((item, index) => cursorOf(item, index) === cursor));
  const page = await cutPage(request, walkOfIndexes(items.length, cursorAt, indexOf));
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(items[node] as Item) })) };
}
