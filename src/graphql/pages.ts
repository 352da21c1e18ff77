import { Min } from 'class-validator';
import { ArgsType, ClassType, Field, Int, ObjectType } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, Limits } from '../kernel/limits';
import { badInput } from '../kernel/refusal';
import { limitExceeded, unwrap } from './errors';

@ObjectType({ description: '分页信息。Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { simple: true, description: '有下一页。Whether items follow the page.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { simple: true, description: '有上一页。Whether items precede the page.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '首项游标。Of the first item; null if the page is empty.',
  })
  readonly startCursor?: string;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '末项游标。Of the last item; null if the page is empty.',
  })
  readonly endCursor?: string;

  constructor(cursors: readonly string[], hasPreviousPage: boolean, hasNextPage: boolean) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.startCursor = cursors[0];
    this.endCursor = cursors.at(-1);
  }
}

@ArgsType()
export class ForwardPageArgs {
  @Min(0)
  @Field(() => Int, {
    nullable: true,
    description: `前若干项。At most this many, from the start; ${DEFAULT_PAGE_SIZE} if left out. More than maxPageSize: LIMIT_EXCEEDED.`,
  })
  first?: number;

  @Field(() => String, { nullable: true, description: '起始游标。Only what follows this cursor.' })
  after?: string;
}

@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Min(0)
  @Field(() => Int, {
    nullable: true,
    description: '后若干项。At most this many, from the end. Excludes `first`. More than maxPageSize: LIMIT_EXCEEDED.',
  })
  last?: number;

  @Field(() => String, { nullable: true, description: '截止游标。Only what precedes this cursor.' })
  before?: string;
}

/** A page as asked for: how many, from which end, and between which cursors. */
export interface PageRequest {
  readonly size: number;
  readonly backward: boolean;
  readonly after?: string;
  readonly before?: string;
}

export function pageRequest(args: PageArgs, { maxPageSize }: Limits): PageRequest {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  if (first !== undefined && last !== undefined) return unwrap(badInput('/last', 'excludes first'));
  const size = first ?? last ?? Math.min(DEFAULT_PAGE_SIZE, maxPageSize);
  if (size > maxPageSize) throw limitExceeded('maxPageSize', `A page has at most ${maxPageSize} items`);
  return {
    size,
    backward: last !== undefined,
    after: args.after ?? undefined,
    before: args.before ?? undefined,
  };
}

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

/** How a list is walked: at most `limit` edges between two cursors, nearest to the start or to the end, in list order. */
export type Walk<Node> = (range: {
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
  readonly backward: boolean;
}) => Promise<readonly Edge<Node>[]>;

/** Cuts a page out of a list: one edge more than asked for tells whether there is more. */
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

/** The walk of a list that is whole in memory, by the indexes of its items; `indexOf` gives -1 for a cursor that is none of its. */
export function walkOfIndexes(
  length: number,
  cursorAt: (index: number) => string,
  indexOf: (cursor: string) => number,
): Walk<number> {
  const place = (cursor: string, path: string): number => {
    const index = indexOf(cursor);
    return index < 0 ? unwrap(badInput(path, 'is no cursor of this list')) : index;
  };
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

/** Makes the classes of a connection and its edge. */
export function connectionTypes<Node extends object>(name: string, node: () => ClassType<Node>, description: string) {
  @ObjectType(`${name}Edge`, { description: '列表项。One item of a list, and its place there.' })
  class EdgeType {
    @Field(() => String, { simple: true, description: '游标。Pass it as `after` or `before`.' })
    readonly cursor!: string;

    @Field(node, { simple: true, description: '内容。The item itself.' })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `${description}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { simple: true, description: '列表项。The items of the page, each with its cursor.' })
    readonly edges: readonly Edge<Node>[];

    @Field(() => [node()], { simple: true, description: '内容。The items of the page, without their cursors.' })
    get nodes(): readonly Node[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, { simple: true, description: '分页信息。Where the page lies in its list.' })
    get pageInfo(): PageInfo {
      const cursors = this.edges.map(({ cursor }) => cursor);
      return new PageInfo(cursors, this.page.hasPrevious, this.page.hasNext);
    }

    constructor(private readonly page: Page<Node>) {
      this.edges = page.edges;
    }
  }

  return ConnectionType;
}
