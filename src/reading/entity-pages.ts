import { longWork } from '../kernel/turns';
import { Condition } from './entity-filter';
import { Edge, Page, PageRequest, cutPage } from './pages';
import { Loaded, Reading, Scope } from './scope';

/** How many members are read at once if a filter may reject some of them. */
const SCAN = 200;

/** A page of the entities of a collection, in the order of their codes, which are the cursors. */
export function pageOfEntities<State, View, Node>(
  scope: Scope,
  reading: Reading<State, View>,
  collection: string,
  request: PageRequest,
  nodeOf: (loaded: Loaded<View>) => Node,
  filter?: Condition<View>,
): Promise<Page<Node>> {
  return cutPage<Node>(request, async (range) => {
    const { limit, backward } = range;
    let { after, before } = range;
    const edges: Edge<Node>[] = [];
    while (edges.length < limit) {
      const size = filter === undefined ? limit : Math.max(limit, SCAN);
      const codes = await scope.members(collection, { after, before, limit: size, last: backward });
      const loaded = (await scope.entities(reading, codes)).filter(({ view }) => filter?.(view) ?? true);
      const found = loaded.map((entity) => ({ cursor: entity.entity.code, node: nodeOf(entity) }));
      if (backward) edges.unshift(...found);
      else edges.push(...found);
      if (codes.length < size || edges.length >= limit) break;
      await longWork.turn(scope.services.work);
      if (backward) before = codes[0];
      else after = codes.at(-1);
    }
    return backward ? edges.slice(Math.max(0, edges.length - limit)) : edges.slice(0, limit);
  });
}
