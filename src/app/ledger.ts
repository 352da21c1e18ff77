import { CommandHandler } from '../command-handling/command-handler';
import { EventStore } from '../event-store/event-store';
import { upcasting } from '../event-store/event-types';
import { StreamNames } from '../event-store/streams';
import { LedgerServices } from '../graphql/context';
import { Limits } from '../graphql/limits';
import { Clock, LedgerCalendar } from '../kernel/time';
import { Lease } from '../projector/lease';
import { Projector } from '../projector/projector';
import { LedgerReader } from '../read-model/ledger-reader';
import { Records } from '../read-model/records';
import { TemporalStore } from '../read-model/temporal-store';
import { eventTypes, FEATURES, nodeLoaders, tracers } from './features';

export interface LedgerOptions {
  /** The log as its adapter gives it; closed with the ledger. */
  readonly eventStore: EventStore;
  /** Closed with the ledger. */
  readonly readModels: TemporalStore;
  /** Under which this process projects; undefined where it leaves that to others. */
  readonly projectUnder: Lease | undefined;
  readonly streamPrefix: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly patienceMs: number;
  readonly demo: boolean;
  readonly onTrouble: (error: unknown) => void;
}

/** The parts of one ledger, wired together and at work. */
export interface Ledger {
  readonly services: LedgerServices;
  /** Why the projector gave up; undefined while it works. */
  readonly failure: () => Error | undefined;
  close(): Promise<void>;
}

export function openLedger(options: LedgerOptions): Ledger {
  const { readModels: store, clock, limits, demo } = options;
  const log = upcasting(options.eventStore, eventTypes);
  const streams = new StreamNames(options.streamPrefix);
  const calendar = new LedgerCalendar(options.timeZone);
  const reader = new LedgerReader({ store, log, clock, calendar, patienceMs: options.patienceMs });
  const now = () => reader.now();
  const commands = new CommandHandler({ log, streams, types: eventTypes, calendar, now });
  const projector = new Projector({
    log,
    store,
    streams,
    projections: FEATURES.map(({ projection }) => projection),
    onTrouble: options.onTrouble,
    lease: options.projectUnder,
  });
  const stopping = new AbortController();
  const projecting = options.projectUnder === undefined ? undefined : projector.run(stopping.signal);

  return {
    services: {
      store,
      records: new Records(store),
      calendar,
      now,
      log,
      reader,
      commands,
      limits,
      nodes: nodeLoaders,
      tracers,
      demo,
    },
    failure: () => projector.failure,
    async close() {
      stopping.abort();
      await projecting;
      await store.close();
      await log.close();
    },
  };
}
