import { CorruptLedger, Outage } from '../../../kernel/outage';
import { sqliteTranslator } from '../../../machine/sqlite-errors';

export const translating = sqliteTranslator({
  contents: 'Ledger file',
  outage: Outage,
  damage: CorruptLedger,
  damages: new Map([
    [11, 'it is damaged'],
    [26, 'it is not a ledger'],
  ]),
});
