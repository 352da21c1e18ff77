import { setTimeout as pause } from 'node:timers/promises';
import { ImportedLog } from '../event-store/imported-log';
import { UnfinishedImport } from '../event-store/unfinished-import';
import { Outage } from '../kernel/outage';
import { Config, ConfigError } from './config';

/** An outage at the start is reported by the health, as it is later. */
const PATIENCE_MS = 2_000;

/**
 * Throws `UnfinishedImport` if only a part of a history is there, and `ConfigError` if the ledger was imported and the configuration is that
 * of another one.
 */
export async function requireWholeImport(
  log: Pick<ImportedLog, 'importedFrom'>,
  { signing, timeZone }: Pick<Config, 'signing' | 'timeZone'>,
): Promise<void> {
  const patience = new AbortController();
  try {
    const late = pause(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    const imported = await Promise.race([log.importedFrom(), late]);
    if (imported === undefined) return;
    if (imported.origin !== undefined && imported.origin === signing.origin) {
      throw new ConfigError(
        `LEDGER_ORIGIN: this ledger was imported from ${imported.origin}; it has another tree, and needs another origin`,
      );
    }
    if (imported.timeZone !== timeZone) {
      throw new ConfigError(`TIME_ZONE: this ledger was imported from one with ${imported.timeZone}, not ${timeZone}`);
    }
  } catch (error) {
    if (error instanceof UnfinishedImport || !(error instanceof Outage)) throw error;
  } finally {
    patience.abort();
  }
}
