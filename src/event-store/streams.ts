import { EntityName } from '../kernel/codes';
import { CorruptLedger } from '../kernel/outage';

export const DEFAULT_STREAM_PREFIX = 'mingjian-';

/** The category of streams that each entity type has: `budget` for `BUDGET`. No category holds a dash. */
export type Categories = ReadonlyMap<string, string>;

/** Names the ledger's streams: `<prefix><category>-<code>`, by default `mingjian-budget-441300-DSJ.2023`. */
export class StreamNames {
  private readonly entityTypes: ReadonlyMap<string, string>;

  constructor(
    private readonly categories: Categories,
    readonly prefix = DEFAULT_STREAM_PREFIX,
  ) {
    this.entityTypes = new Map([...categories].map(([entityType, category]) => [category, entityType]));
  }

  streamOf({ entityType, code }: EntityName): string {
    const category = this.categories.get(entityType);
    if (category === undefined) throw new Error(`No feature declares the entity type ${entityType}`);
    return `${this.prefix}${category}-${code}`;
  }

  entityOf(stream: string): EntityName {
    const dash = stream.indexOf('-', this.prefix.length);
    const entityType = this.entityTypes.get(stream.slice(this.prefix.length, dash));
    if (!stream.startsWith(this.prefix) || entityType === undefined) {
      throw new CorruptLedger(`Stream ${stream} does not belong to a category of the ledger`);
    }
    return { entityType, code: stream.slice(dash + 1) };
  }
}
