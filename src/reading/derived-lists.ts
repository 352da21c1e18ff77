import { LRUCache } from 'lru-cache';
import { andThen, Awaitable } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { Version } from '../read-model/temporal-store';

/** Lists that are worked out from an entity as of a revision. Nothing of a revision ever changes, so they are kept. */
export class DerivedLists {
  private lists = this.emptyCache();

  constructor(private readonly maxItems = 200_000) {}

  /** Drops all lists. A list that is still being worked out goes into the dropped cache only. */
  forget(): void {
    this.lists = this.emptyCache();
  }

  /** `what` says what the list is: it is the same for all entities of a type, and for nothing else. */
  at<Item>(
    what: string,
    { entityType, code }: EntityName,
    { revision }: Version,
    derive: () => Awaitable<readonly Item[]>,
  ): Awaitable<readonly Item[]> {
    const key = `${what}/${entityType}/${code}@${revision}`;
    const { lists } = this;
    const known = lists.get(key);
    if (known !== undefined) return known as readonly Item[];
    return andThen(derive(), (list) => {
      lists.set(key, list);
      return list;
    });
  }

  private emptyCache(): LRUCache<string, readonly unknown[]> {
    return new LRUCache({ maxSize: this.maxItems, sizeCalculation: ({ length }) => length + 1 });
  }
}
