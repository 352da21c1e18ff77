import path from 'node:path';
import { openKurrentEventStore } from '../../event-store/adapters/kurrentdb/kurrent-event-store';
import { openSqliteEventStore } from '../../event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../event-store/event-store';
import { CorruptLedger, Outage } from '../../kernel/outage';
import { Clock, LedgerCalendar } from '../../kernel/time';
import { Telemetry } from '../../kernel/telemetry';
import { ReadHistory } from '../../reads/read-history';
import { ReadRecorder } from '../../reads/read-recorder';
import { readsPrefix } from '../../reads/streams';
import { Config } from '../config';
import { unavailableLog } from './unavailable-log';

/** The record of reads, apart from the ledger. */
export interface ReadLog {
  /** As it is stored. */
  readonly log: EventStore;
  /** undefined if READ_LOG is off. */
  readonly recorder: ReadRecorder | undefined;
  readonly history: ReadHistory;
  /** What an operator should know, in one line. */
  readonly problem: () => string | undefined;
  /** Writes what waits, and closes the record. */
  close(): Promise<void>;
}

export const readsFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'reads');
export const readsFile = (config: Pick<Config, 'dataDir'>): string => path.join(readsFolder(config), 'reads.db');

export function openReadLog(config: Config, clock: Clock, telemetry: Telemetry): ReadLog {
  const { streamPrefix, timeZone, readLog: mode } = config;
  const prefix = readsPrefix(streamPrefix);
  const { log, problem } = opened(config, prefix, telemetry);
  const calendar = new LedgerCalendar(timeZone);
  const recorder = mode === 'off' ? undefined : new ReadRecorder({ log, prefix, mode, calendar, clock, telemetry });
  return {
    log,
    recorder,
    history: new ReadHistory({ log, prefix }),
    problem: () => problem ?? recorder?.problem,
    async close() {
      await recorder?.close();
      await log.close();
    },
  };
}

/** If reads have to be on record, a record that cannot be opened is thrown. Else the server starts without it. */
function opened(
  config: Config,
  prefix: string,
  telemetry: Telemetry,
): { readonly log: EventStore; readonly problem?: string } {
  try {
    return { log: openRecord(config, prefix, telemetry) };
  } catch (error) {
    if (config.readLog === 'required' || !(error instanceof Outage || error instanceof CorruptLedger)) throw error;
    telemetry.report({ kind: 'trouble', source: 'reads', error });
    const problem = `The record of reads cannot be opened: ${error.message}`;
    return { log: unavailableLog(problem), problem };
  }
}

function openRecord(config: Config, prefix: string, telemetry: Telemetry): EventStore {
  const { eventStoreUrl: url, timeZone, demo } = config;
  // The connection string was judged when the log of the ledger was opened.
  if (url !== undefined) return openKurrentEventStore({ url, prefix, telemetry });
  return openSqliteEventStore({ path: readsFile(config), prefix, timeZone, kind: demo ? 'demo' : 'real', telemetry });
}
