import { FastifyInstance } from 'fastify';
import { openKurrentEventStore } from '../../event-store/adapters/kurrentdb';
import { openSqliteEventStore } from '../../event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../event-store/event-store';
import { CheckpointCopies } from '../../evidence/copies/checkpoint-copies';
import { CorruptLedger, Outage } from '../../kernel/outage';
import { Clock, LedgerCalendar } from '../../kernel/time';
import { Telemetry } from '../../kernel/telemetry';
import { Lease } from '../../projector/lease';
import { ReadHistory } from '../../reads/read-history';
import { ReadRecorder } from '../../reads/read-recorder';
import { readsPrefix } from '../../reads/streams';
import { Config } from '../config';
import { serveTree } from '../evidence';
import { readsFile } from './files';
import { configuredReadsTree } from './signed-reads';
import { unavailableLog } from './unavailable-log';

export { readsCheckpointFile, readsFile, readsTreeFolder } from './files';

/** The record of reads, apart from the ledger. */
export interface ReadLog {
  /** undefined if READ_LOG is off. */
  readonly recorder: ReadRecorder | undefined;
  readonly history: ReadHistory;
  /** What an operator should know, in one line. */
  readonly problem: () => string | undefined;
  /** If the record is signed, compares it with what was signed, and follows it until the signal aborts. */
  start(signal: AbortSignal): Promise<void>;
  /** Serves the tree of the record, if it is signed. */
  serve(fastify: FastifyInstance): Promise<void>;
  /** Writes what waits, and closes the record. */
  close(): Promise<void>;
}

export interface ReadLogOptions {
  readonly clock: Clock;
  /** The lease under which this process signs checkpoints of the record, if it does. */
  readonly lease: Lease;
  readonly copiesOf?: (origin: string) => CheckpointCopies;
  readonly telemetry: Telemetry;
}

export function openReadLog(config: Config, { clock, lease, copiesOf, telemetry }: ReadLogOptions): ReadLog {
  const { streamPrefix, timeZone, readLog: mode } = config;
  const prefix = readsPrefix(streamPrefix);
  const { log, problem } = opened(config, telemetry);
  // On the embedded store, no other process has the record.
  const shared = config.eventStoreUrl === undefined ? undefined : copiesOf;
  const signed = configuredReadsTree(config, { log, lease, copiesOf: shared, telemetry });
  const calendar = new LedgerCalendar(timeZone);
  const recorder = mode === 'off' ? undefined : new ReadRecorder({ log, prefix, mode, calendar, clock, telemetry });
  /** The log, unless it was altered. */
  const sound = (): EventStore => {
    if (signed?.difference !== undefined) throw new Outage(signed.difference);
    return log;
  };
  const history = new ReadHistory({
    log: {
      readAll: (after) => sound().readAll(after),
      readStream: (stream, from) => sound().readStream(stream, from),
    },
    prefix,
  });
  let following: Promise<void> | undefined;
  return {
    recorder,
    history,
    problem: () => problem ?? signed?.problem ?? recorder?.problem,
    async start(signal) {
      // What cannot be opened cannot be compared.
      if (problem !== undefined) return;
      await signed?.check();
      following = signed?.run(signal);
    },
    async serve(fastify) {
      if (signed === undefined) return;
      await fastify.register(
        (routes, _options, done) => {
          serveTree(routes, signed);
          done();
        },
        { prefix: '/reads' },
      );
    },
    async close() {
      await recorder?.close();
      await following;
      await log.close();
    },
  };
}

/** If reads have to be on record, a record that cannot be opened is thrown. Else the server starts without it. */
function opened(config: Config, telemetry: Telemetry): { readonly log: EventStore; readonly problem?: string } {
  try {
    return { log: openRecord(config, telemetry) };
  } catch (error) {
    if (config.readLog === 'required' || !(error instanceof Outage || error instanceof CorruptLedger)) throw error;
    telemetry.report({ kind: 'trouble', source: 'reads', error });
    const problem = `The record of reads cannot be opened: ${error.message}`;
    return { log: unavailableLog(problem), problem };
  }
}

export function openRecord(config: Config, telemetry: Telemetry): EventStore {
  const { eventStoreUrl: url, streamPrefix, timeZone, demo } = config;
  const prefix = readsPrefix(streamPrefix);
  // The connection string was judged when the log of the ledger was opened.
  if (url !== undefined) return openKurrentEventStore({ url, prefix, telemetry });
  return openSqliteEventStore({ path: readsFile(config), prefix, timeZone, kind: demo ? 'demo' : 'real', telemetry });
}
