import { DEFAULT_POLICY, Policy } from '../auth/policy';
import { pseudonyms } from '../auth/pseudonym';
import { ReaderLimits, ReaderQuota } from '../change-feed/reader-quota';
import { LiveFeed } from '../change-feed/live-feed';
import { CommandHandler } from '../command-handling/command-handler';
import { FourEyes } from '../command-handling/four-eyes/four-eyes';
import { FourEyesRule } from '../command-handling/four-eyes/rules';
import { EventStore } from '../event-store/event-store';
import { upcasting } from '../event-store/event-types';
import { WriteWatch } from '../event-store/write-watch';
import { LeafIndices } from '../evidence/leaf-indices';
import { LogProofs } from '../evidence/log-proofs';
import { LedgerServices } from '../graphql/context';
import { ProposalDesk } from '../features/proposals';
import { Limits } from '../kernel/limits';
import { LogMismatch } from '../kernel/outage';
import { EXAMPLE_RULES } from '../monitoring/example-rules';
import { AlertRules } from '../monitoring/rules';
import { Clock, LedgerCalendar } from '../kernel/time';
import { Telemetry } from '../kernel/telemetry';
import { Lease } from '../projector/lease';
import { Projector } from '../projector/projector';
import { guardedLog } from '../read-model/guarded-log';
import { guardedStore } from '../read-model/guarded-store';
import { DerivedLists } from '../reading/derived-lists';
import { LedgerReader } from '../reading/ledger-reader';
import { LogMarks } from '../reading/log-marks';
import { LogWatch } from '../read-model/log-watch';
import { RowCache } from '../reading/lists/row-cache';
import { MaskedReading } from '../reading/masking/masked-reading';
import { Masking } from '../reading/masking/masking';
import { ReadRecording } from '../reading/on-record/request-reads';
import { Records } from '../reading/records';
import { ReadRecorder } from '../reads/read-recorder';
import { TemporalStore } from '../read-model/temporal-store';
import { WebhookDesk } from '../webhooks/webhook-desk';
import { maskedProposal } from '../features/proposals/masked-view';
import { editionOf } from './edition';
import { features, streamNames } from './features';
import { homeOfEntities } from './home-of';
import { ReadLog } from './reads';
import { finishAtStart } from './unfinished-changes';
import { LedgerChecks, ledgerChecks } from './health/ledger-checks';

export interface LedgerOptions {
  /** The log as its adapter returns it. It is closed with the ledger. */
  readonly eventStore: EventStore;
  /** Closed with the ledger. */
  readonly readModels: TemporalStore;
  /** The lease under which this process projects; undefined if other processes do. */
  readonly projectUnder: Lease | undefined;
  readonly streamPrefix: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly patienceMs: number;
  /** What each role may do; by default as docs/policy.md says. */
  readonly policy?: Policy;
  /** Which commands need a second person; none if left out. */
  readonly fourEyes?: readonly FourEyesRule[];
  /** The key of the pseudonyms of persons. Without one, everybody has the same pseudonym. */
  readonly pseudonymKey?: string;
  /** undefined if this process has no tree of the log. */
  readonly proofs?: LogProofs;
  readonly demo: boolean;
  /** What monitoring warns of; by default examples. */
  readonly alertRules?: AlertRules;
  /** How many readers the feed may have: subscriptions and exports. */
  readonly readerLimits?: ReaderLimits;
  /** How many changes the buffer of a subscriber holds. */
  readonly bufferSize?: number;
  /** After this long without a change, a subscriber gets the position to resume at. */
  readonly progressMs?: number;
  readonly telemetry: Telemetry;
  /** Who read what. None is recorded without it. */
  readonly reads?: Pick<ReadLog, 'recorder' | 'history'>;
  /** Where webhooks are managed; undefined: there are none. */
  readonly webhooks?: WebhookDesk;
}

/** The parts of one ledger, connected and running. */
export interface Ledger {
  readonly services: LedgerServices;
  /** Why the projector gave up; undefined while it works. */
  readonly failure: () => Error | undefined;
  readonly checks: LedgerChecks;
  /** Refuses every request from now on, because the log was altered. */
  refuse(mismatch: LogMismatch): void;
  /** Ends the feed of each subscriber with its last position. */
  drain(): void;
  close(): Promise<void>;
}

export function openLedger(options: LedgerOptions): Ledger {
  const { clock, limits, demo, telemetry, policy = DEFAULT_POLICY } = options;
  const watch = new LogWatch({ log: options.eventStore, store: options.readModels, onTurn });
  const store = guardedStore(options.readModels, watch);
  const unguarded = upcasting(options.eventStore, features.eventTypes);
  const writes = new WriteWatch(guardedLog(unguarded, watch));
  const log = writes.watched;
  const readerLimits = options.readerLimits ?? {
    perNode: limits.maxFeedReaders,
    perPrincipal: limits.maxFeedReadersPerPrincipal,
  };
  const { perNode, perPrincipal } = readerLimits;
  const streams = streamNames(options.streamPrefix);
  const calendar = new LedgerCalendar(options.timeZone);
  const reader = new LedgerReader({ store, log, clock, calendar, patienceMs: options.patienceMs });
  const now = () => reader.now();
  const lists = new RowCache(undefined, telemetry);
  const derived = new DerivedLists();
  const logMarks = new LogMarks(store);
  const projector = new Projector({
    log: unguarded,
    store: options.readModels,
    streams,
    projections: features.projections,
    telemetry,
    lease: options.projectUnder,
  });
  const commands = new CommandHandler({
    log,
    streams,
    types: features.eventTypes,
    calendar,
    now,
    limits,
    fourEyes: new FourEyes(options.fourEyes ?? [], calendar),
    homeOf: homeOfEntities(features.projections, features.homes),
    heldElsewhere: (last) => projector.recordUpTo(last),
  });
  const records = new Records(store, undefined, telemetry, (event) => projector.recordAfter(event));
  const deciding = { store, records, derived, calendar, now, log, reader };
  const proposals = new ProposalDesk({
    log,
    streams,
    commands,
    policy,
    calendar,
    limits,
    actions: features.actions,
    reading: deciding,
  });
  const masked = new MaskedReading(
    store,
    new Masking(features.eventTypes, pseudonyms(options.pseudonymKey), new Map([['PROPOSAL', maskedProposal]])),
    policy,
  );
  const alertRules = options.alertRules ?? EXAMPLE_RULES;
  const draining = new AbortController();
  const live = new LiveFeed({ store, calendar, telemetry, bufferSize: options.bufferSize });
  const stopping = new AbortController();
  const following = live.run(stopping.signal);
  const projecting = options.projectUnder === undefined ? undefined : projector.run(stopping.signal);
  const watching = watch.run(stopping.signal);
  const finishing = finishAtStart(
    { log, store, commands, proposals, deciders: features.deciders, telemetry },
    stopping.signal,
  );

  /** Makes this node forget everything, as if it had just been started. */
  function onTurn(mismatch: LogMismatch, turn: 'noticed' | 'over'): void {
    if (turn === 'noticed') telemetry.report({ kind: 'trouble', source: 'log-watch', error: mismatch });
    log.forget();
    store.forget();
    commands.forget();
    records.forget();
    masked.forget();
    lists.forget();
    derived.forget();
    logMarks.forget();
    reader.forget();
    live.fail(mismatch);
  }

  const storedLog = guardedLog(options.eventStore, watch);
  return {
    services: {
      store,
      records,
      masked,
      lists,
      derived,
      calendar,
      now,
      log,
      proofs: options.proofs,
      storedLog,
      leafIndices: new LeafIndices(storedLog),
      streams,
      requireSameLog: () => watch.compare(),
      reader,
      policy,
      commands,
      proposals,
      deciding,
      readHistory: options.reads?.history,
      readRecording: readRecordingOf(options.reads?.recorder),
      limits: { ...limits, maxFeedReaders: perNode, maxFeedReadersPerPrincipal: perPrincipal },
      nodes: features.nodes,
      lineages: features.lineages,
      homes: features.homes,
      changeFilter: features.changeFilter,
      demo,
      webhooks: options.webhooks,
      alertRules,
      logMarks,
      edition: editionOf({ ...options, alertRules }),
      feed: {
        live: live,
        quota: new ReaderQuota(readerLimits),
        progressMs: options.progressMs ?? 5_000,
        draining: draining.signal,
      },
    },
    failure: () => projector.failure,
    checks: ledgerChecks({ log, writes, reader, readModels: store, failure: () => projector.failure }),
    refuse: (mismatch) => {
      watch.refuse(mismatch);
    },
    drain: () => {
      draining.abort();
    },
    async close() {
      stopping.abort();
      await Promise.all([projecting, following, watching, finishing]);
      await store.close();
      await log.close();
    },
  };
}

const readRecordingOf = (recorder: ReadRecorder | undefined): ReadRecording | undefined =>
  recorder && { recorder, homes: features.homes, isEntity: (kind) => features.lineages.has(kind) };
