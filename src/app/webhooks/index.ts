import { setTimeout as wait } from 'node:timers/promises';
import { openKurrentEventStore } from '../../event-store/adapters/kurrentdb';
import { openSqliteEventStore } from '../../event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../event-store/event-store';
import { LedgerServices } from '../../graphql/context';
import { DEFAULT_LIMITS } from '../../kernel/limits';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { Slots } from '../../kernel/slots';
import { Clock } from '../../kernel/time';
import { Telemetry } from '../../kernel/telemetry';
import { Lease } from '../../projector/lease';
import { BookFile } from '../../webhooks/adapters/book-file';
import { postOverHttp } from '../../webhooks/adapters/post-over-http';
import { SecretFiles } from '../../webhooks/adapters/secret-files';
import { AttemptRecorder } from '../../webhooks/delivery/attempt-recorder';
import { Deliverer } from '../../webhooks/delivery/deliverer';
import { SendPost } from '../../webhooks/delivery/post';
import { BookKeeper } from '../../webhooks/kept-book';
import { SecretStore } from '../../webhooks/secret';
import { webhooksPrefix, webhooksStream } from '../../webhooks/streams';
import { WebhookBook } from '../../webhooks/webhook-book';
import { WebhookDesk } from '../../webhooks/webhook-desk';
import { Config } from '../config';
import { webhooksBookFile, webhookSecretsFolder, webhooksFile } from './files';
import { LedgerMail } from './ledger-mail';

export { webhookSecretsFolder, webhooksFile } from './files';

/** Deliveries that one process makes at the same time. */
export const PARALLEL_DELIVERIES = 8;
const USER_AGENT = 'mingjian-webhooks/1';

export interface WebhookParts {
  readonly log: EventStore;
  readonly prefix: string;
  readonly keeper: BookKeeper;
  readonly secrets: SecretStore;
  readonly send: SendPost;
  readonly clock: Clock;
  /** The lease under which this process delivers; undefined if it never does. */
  readonly lease: Lease | undefined;
  readonly testOrigins: ReadonlySet<string>;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly telemetry: Telemetry;
}

/** The webhooks of one ledger. */
export interface Webhooks {
  readonly desk: WebhookDesk;
  /** What an operator should know, in one line. */
  readonly problem: () => string | undefined;
  /** Delivers the changes of the ledger until the signal aborts. */
  run(services: LedgerServices, signal: AbortSignal): Promise<void>;
  /** After `run` has ended. Puts on record what was delivered. */
  close(): Promise<void>;
}

export function openWebhooks({
  log,
  prefix,
  keeper,
  secrets,
  send,
  clock,
  lease,
  testOrigins,
  ...rest
}: WebhookParts): Webhooks {
  const { telemetry, pause = pausing } = rest;
  const stream = webhooksStream(prefix);
  const now = () => clock.now();
  const { maxWebhooks } = DEFAULT_LIMITS;
  const troubles = new LastingTroubles(telemetry, 'webhooks');
  const book = new WebhookBook({ log, stream, keeper, troubles });
  const desk = new WebhookDesk({ log, stream, book, secrets, now, maxWebhooks, testOrigins });
  const recorder = new AttemptRecorder({ log, stream, now, troubles });
  const slots = new Slots(PARALLEL_DELIVERIES);
  return {
    desk,
    problem() {
      if (troubles.problem !== undefined) return `Webhooks: ${troubles.problem}`;
      const stopped = [...book.webhooks.values()].filter(({ status }) => status === 'STOPPED').length;
      return stopped === 0
        ? undefined
        : `Webhooks that have stopped: ${stopped}; the query webhooks says which and why`;
    },
    async run(services, signal) {
      if (lease === undefined) return;
      const stop = desk.stop.bind(desk);
      const mail = new LedgerMail(services);
      const shared = { secrets, recorder, slots, telemetry, troubles };
      const courier = { ...shared, mail, send, stop, now, pause, userAgent: USER_AGENT };
      await new Deliverer({ book, desk, lease, courier }).run(signal);
    },
    async close() {
      await recorder.close();
      await log.close();
    },
  };
}

export interface ConfiguredWebhooksOptions {
  readonly clock: Clock;
  readonly lease: Lease | undefined;
  readonly telemetry: Telemetry;
}

/** undefined if the configuration has no webhooks. */
export function configuredWebhooks(config: Config, options: ConfiguredWebhooksOptions): Webhooks | undefined {
  const { enabled, testOrigins: origins = [] } = config.webhooks;
  if (!enabled) return undefined;
  const prefix = webhooksPrefix(config.streamPrefix);
  const testOrigins = new Set(origins);
  return openWebhooks({
    ...options,
    log: openRecord(config, prefix, options.telemetry),
    prefix,
    keeper: new BookFile(webhooksBookFile(config)),
    secrets: new SecretFiles(webhookSecretsFolder(config)),
    send: postOverHttp({ testOrigins }),
    testOrigins,
  });
}

function openRecord(config: Config, prefix: string, telemetry: Telemetry): EventStore {
  const { eventStoreUrl: url, timeZone, demo } = config;
  // The connection string was judged when the log of the ledger was opened.
  if (url !== undefined) return openKurrentEventStore({ url, prefix, telemetry });
  return openSqliteEventStore({
    path: webhooksFile(config),
    prefix,
    timeZone,
    kind: demo ? 'demo' : 'real',
    telemetry,
  });
}

const pausing = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);
