import { filtering } from '../../kernel/filtering';
import { firstIndex } from '../../kernel/search';
import { longWork } from '../../kernel/turns';
import { CursorPath, placeOfCursor } from '../cursors';
import { Condition } from '../entity-filter';
import { pageOfEntities } from '../entity-pages';
import { CountedPage, cutPage, Page, PageRequest, Walk } from '../pages';
import { Loaded, Scope } from '../scope';
import { inOrder } from './in-order';
import { Listing, Members } from './listing';
import { byCode, Ordering, Place, Placed } from './ordering';
import { countMembers, readNamed } from './read-rows';
import { RowCache } from './row-cache';
import { searchFor } from './search';

/** Where a list is read from. */
export interface ListSource {
  readonly scope: Scope;
  readonly lists: RowCache;
}

/** What a client asks of a list of entities. */
export interface ListRequest<Summary> {
  readonly members: Members<Summary>;
  readonly page: PageRequest;
  readonly condition?: Condition<Summary>;
  /** Only entities with these codes. */
  readonly codes?: readonly string[];
  readonly search?: string;
  /** By code if left out. */
  readonly ordering?: Ordering<Summary>;
}

/** A page of the entities of a list. The length of the whole list is only worked out if somebody asks for it. */
export async function pageOfList<State, View extends Summary, Summary, Node>(
  source: ListSource,
  listing: Listing<State, View, Summary>,
  request: ListRequest<Summary>,
  nodeOf: (loaded: Loaded<View>) => Node,
): Promise<CountedPage<Node>> {
  const list = new EntityList(source, listing, request);
  const page = list.isWalked ? await list.walked(nodeOf) : await list.cut(nodeOf);
  return { ...page, count: () => list.count() };
}

class EntityList<State, View extends Summary, Summary> {
  private readonly scope: Scope;
  private readonly ordering: Ordering<Summary>;
  private found: Promise<readonly Placed<Summary>[]> | undefined;

  constructor(
    private readonly source: ListSource,
    private readonly listing: Listing<State, View, Summary>,
    private readonly request: ListRequest<Summary>,
  ) {
    this.scope = source.scope;
    this.ordering = request.ordering ?? byCode();
  }

  /** Whether its pages are read from the members in code order, as many as a page takes. */
  get isWalked(): boolean {
    const { codes, search } = this.request;
    return codes === undefined && search === undefined && this.ordering.isByCode;
  }

  walked<Node>(nodeOf: (loaded: Loaded<View>) => Node): Promise<Page<Node>> {
    const { members, page, condition } = this.request;
    this.placeOf(page.after, '/after');
    this.placeOf(page.before, '/before');
    return pageOfEntities(this.scope, this.listing.reading, members.collection, page, nodeOf, condition);
  }

  /** A page of the list, of which only the entities of the page are read. */
  async cut<Node>(nodeOf: (loaded: Loaded<View>) => Node): Promise<Page<Node>> {
    const page = await cutPage(this.request.page, this.walk(await this.all()));
    const loaded = await this.scope.entities(
      this.listing.reading,
      page.edges.map(({ node }) => node),
    );
    return {
      ...page,
      edges: page.edges.map(({ cursor }, index) => ({ cursor, node: nodeOf(loaded[index] as Loaded<View>) })),
    };
  }

  async count(): Promise<number> {
    const { members, condition } = this.request;
    const isWhole = this.isWalked && condition === undefined;
    return isWhole ? countMembers(this.scope, members.collection) : (await this.all()).length;
  }

  /** The whole list, in its order. */
  private all(): Promise<readonly Placed<Summary>[]> {
    return (this.found ??= this.find());
  }

  private async find(): Promise<readonly Placed<Summary>[]> {
    const { condition, search } = this.request;
    const placed = await this.candidates();
    const hasName = search === undefined ? undefined : searchFor(search);
    if (condition === undefined && hasName === undefined) return placed;
    return longWork.run(
      filtering(placed, ({ row }) => (condition?.(row.summary) ?? true) && (hasName?.(row) ?? true)),
      this.scope.services.work,
    );
  }

  private async candidates(): Promise<readonly Placed<Summary>[]> {
    const { scope, listing, ordering } = this;
    const { codes, members } = this.request;
    const { work } = scope.services;
    if (codes === undefined) return (await this.source.lists.rows(scope, listing, members)).inOrder(ordering, work);
    return longWork.run(inOrder(await readNamed(scope, listing, members, codes), ordering), work);
  }

  private placeOf(cursor: string | undefined, path: CursorPath): Place | undefined {
    if (cursor === undefined) return undefined;
    const read = (text: string): Place | undefined => {
      const place = this.ordering.placeOf(text);
      return place !== undefined && this.listing.isCode(place.code) ? place : undefined;
    };
    return placeOfCursor(cursor, path, read, 'is no cursor of this list in this order');
  }

  /** Its nodes are codes. */
  private walk(placed: readonly Placed<Summary>[]): Walk<string> {
    const { ordering } = this;
    const compared = (index: number, place: Place): number => ordering.compare(placed[index] as Placed<Summary>, place);
    return (range) => {
      const { limit, backward } = range;
      const after = this.placeOf(range.after, '/after');
      const before = this.placeOf(range.before, '/before');
      const start = after === undefined ? 0 : firstIndex(placed.length, (index) => compared(index, after) > 0);
      const until =
        before === undefined ? placed.length : firstIndex(placed.length, (index) => compared(index, before) >= 0);
      const end = Math.max(start, until);
      const [first, last] = backward ? [Math.max(start, end - limit), end] : [start, Math.min(end, start + limit)];
      return Promise.resolve(
        placed.slice(first, last).map((place) => ({ cursor: ordering.cursorOf(place), node: place.code })),
      );
    };
  }
}
