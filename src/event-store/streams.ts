import { EntityName, EntityType } from '../kernel/codes';
import { CorruptLedger } from '../kernel/outage';

const CATEGORIES: Readonly<Record<EntityType, string>> = {
  DEPARTMENT: 'department',
  BUDGET: 'budget',
  TASK: 'task',
  INDICATOR: 'indicator',
  EVALUATION: 'evaluation',
};
const ENTITY_TYPE_OF = new Map(Object.entries(CATEGORIES).map(([type, category]) => [category, type as EntityType]));

/** Names the ledger's streams: `<prefix><category>-<code>`, by default `mingjian-budget-441300-DSJ.2023`. */
export class StreamNames {
  constructor(readonly prefix = 'mingjian-') {}

  streamOf({ entityType, code }: EntityName): string {
    return `${this.prefix}${CATEGORIES[entityType]}-${code}`;
  }

  entityOf(stream: string): EntityName {
    const dash = stream.indexOf('-', this.prefix.length);
    const entityType = ENTITY_TYPE_OF.get(stream.slice(this.prefix.length, dash));
    if (!stream.startsWith(this.prefix) || entityType === undefined) {
      throw new CorruptLedger(`Stream ${stream} does not belong to a category of the ledger`);
    }
    return { entityType, code: stream.slice(dash + 1) };
  }
}
