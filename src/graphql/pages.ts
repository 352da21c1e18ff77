import { ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Field as InputField } from '../input/field';
import { integer, optional, text } from '../input/fields';
import { Awaitable } from '../kernel/async';
import { DEFAULT_PAGE_SIZE } from '../kernel/limits';
import { CountedPage, Edge, Page } from '../reading/pages';
import { ArgumentsOf, fieldArguments } from './field-arguments';

@ObjectType({ description: '分页信息。The position of a page in its list.' })
export class PageInfo {
  @Field(() => Boolean, { simple: true, description: '有下一页。Whether items follow the page.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { simple: true, description: '有上一页。Whether items precede the page.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '首项游标。The cursor of the first item; null if the page is empty.',
  })
  readonly startCursor?: string;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '末项游标。The cursor of the last item; null if the page is empty.',
  })
  readonly endCursor?: string;

  constructor(cursors: readonly string[], hasPreviousPage: boolean, hasNextPage: boolean) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.startCursor = cursors[0];
    this.endCursor = cursors.at(-1);
  }
}

/** The number of requested items. */
export const size = (description: string): InputField<number> =>
  integer(description, (value) => value >= 0, 'must not be less than 0');

/** Arguments of a list that is read from its start. */
export const FORWARD_PAGE = {
  first: optional(
    size(
      `前若干项。At most this many, from the start; ${DEFAULT_PAGE_SIZE} if left out. More than maxPageSize: LIMIT_EXCEEDED.`,
    ),
  ),
  after: optional(text('起始游标。Only what follows this cursor.')),
};
/** Arguments of a list that can be read from either end. */
export const PAGE = {
  ...FORWARD_PAGE,
  last: optional(
    size('后若干项。At most this many, from the end. Excludes `first`. More than maxPageSize: LIMIT_EXCEEDED.'),
  ),
  before: optional(text('截止游标。Only what precedes this cursor.')),
};

export const PageArguments = fieldArguments(PAGE);
export type PageArgs = ArgumentsOf<typeof PageArguments>;
export const ForwardPageArguments = fieldArguments(FORWARD_PAGE);
export type ForwardPageArgs = ArgumentsOf<typeof ForwardPageArguments>;

/** The class of a node, or the type of a text. */
type NodeType<Node> = Node extends object ? ClassType<Node> : typeof String;

/** Makes the classes of a connection and its edge. */
export const connectionTypes = <Node>(name: string, node: () => NodeType<Node>, description: string) =>
  makeConnection<Node, Page<Node>>(name, node, description);

/** `connectionTypes` for a list whose length can be asked for. */
export function countedConnectionTypes<Node>(name: string, node: () => NodeType<Node>, description: string) {
  const ConnectionType = makeConnection<Node, CountedPage<Node>>(name, node, description);
  const { prototype } = ConnectionType;
  const counting = Object.getOwnPropertyDescriptor(prototype, 'totalCount') as TypedPropertyDescriptor<unknown>;
  Field(() => Int, {
    description:
      '总数：整个列表的项数，不只是本页。只在选取时计算。Items of the whole list, not only of this page. It is counted only if it is selected.',
  })(prototype, 'totalCount', counting);
  return ConnectionType;
}

function makeConnection<Node, PageOf extends Page<Node>>(
  name: string,
  node: () => NodeType<Node>,
  description: string,
) {
  @ObjectType(`${name}Edge`, { description: '列表项。One item of a list, with its cursor.' })
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

    @Field(() => PageInfo, { simple: true, description: '分页信息。The position of the page in its list.' })
    get pageInfo(): PageInfo {
      const cursors = this.edges.map(({ cursor }) => cursor);
      return new PageInfo(cursors, this.page.hasPrevious, this.page.hasNext);
    }

    /** Only the field of a counted connection calls it. */
    totalCount(this: { readonly page: CountedPage<Node> }): Awaitable<number> {
      return this.page.count();
    }

    constructor(readonly page: PageOf) {
      this.edges = page.edges;
    }
  }

  return ConnectionType;
}
