import { LostReadModels, Outage } from '../../../kernel/outage';
import { sqliteTranslator } from '../../../machine/sqlite-errors';

export const translating = sqliteTranslator({
  contents: 'Read models in',
  outage: Outage,
  damage: LostReadModels,
  damages: new Map([
    [11, 'it is damaged'],
    // Two rows for one version: an index does not agree with its table.
    [19, 'it contradicts itself'],
    [26, 'it is not a database'],
  ]),
});
