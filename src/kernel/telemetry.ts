/** Everything that a part of the server reports of itself. An adapter of the port maps each kind, or it does not compile. */
export type Signal =
  | Trouble
  | TroubleOver
  | Fault
  | FrameworkWarning
  | EvictionPossible
  | OutageTurned
  | OutageEnded
  | ClocksTurned
  | OperationEnded
  | UnlistedDocument
  | Appended
  | EngineCalled
  | CacheAsked
  | CacheFilled
  | TokenRefused
  | TokenReadsNothing
  | ReadsRecorded
  | ReadsUnrecorded
  | WebhookAttempted
  | WebhookStopped
  | AnchorMissing;

/** Receives what the parts of the server report. Never throws, and returns at once. */
export interface Telemetry {
  report(signal: Signal): void;
}

export const NO_TELEMETRY: Telemetry = { report: () => undefined };

/** Hands each signal to all of the given. */
export const toAll = (receivers: readonly Telemetry[]): Telemetry => ({
  report(signal) {
    for (const receiver of receivers) receiver.report(signal);
  },
});

export const TROUBLE_SOURCES = [
  ...([
    'projector',
    'live-feed',
    'log-watch',
    'event-store',
    'redis',
    'follow-ups',
    'revoked-tokens',
    'tree',
    'reads',
    'read-models',
    'webhooks',
  ] as const),
];
export type TroubleSource = (typeof TROUBLE_SOURCES)[number];

/** A part met an error and goes on, or has to give up. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly source: TroubleSource;
  readonly error: unknown;
}

/** All parts that went on trying after an error have succeeded. */
export interface TroubleOver {
  readonly kind: 'trouble-over';
  readonly source: TroubleSource;
}

/** A request met a bug of ours. */
export interface Fault {
  readonly kind: 'fault';
  /** What was thrown, where, and the id that the client was given. */
  readonly details: object;
  readonly message: string;
}

/** A framework warned of something that no part of ours expects. */
export interface FrameworkWarning {
  readonly kind: 'framework-warning';
  readonly message: string;
}

/** A server of Redis could remove read models when its memory is full. Reported once for each new problem. */
export interface EvictionPossible {
  readonly kind: 'eviction-possible';
  readonly problem: string;
}

/** An outage has begun, or concerns other parts than before. */
export interface OutageTurned {
  readonly kind: 'outage-turned';
  readonly turn: 'began' | 'changed';
  /** What is wrong with each part. */
  readonly problems: Readonly<Record<string, string>>;
  /** What the first request, or the server's own work, met. */
  readonly cause: unknown;
}

export interface OutageEnded {
  readonly kind: 'outage-ended';
  readonly milliseconds: number;
  /** How many times a part of a request was refused. */
  readonly refusals: number;
}

/** The ledger file could not be compared with an anchor, because there is none that can be read. */
export interface AnchorMissing {
  readonly kind: 'anchor-missing';
  readonly problem: string;
}

/** The clock of this node and the events disagree in another way than before; undefined: they agree again. */
export interface ClocksTurned {
  readonly kind: 'clocks-turned';
  readonly trouble: 'events ahead' | 'stepped back' | undefined;
  readonly warning: string | undefined;
}

/** A document was executed that the operator has not listed. Reported once for each document, up to a number of them. */
export interface UnlistedDocument {
  readonly kind: 'unlisted-document';
  /** The text may have names and amounts. */
  readonly sha256: string;
  readonly characters: number;
}

/** An append to the log has ended. */
export interface Appended {
  readonly kind: 'appended';
  readonly events: number;
  /** `conflict`: the stream had other events than expected; the command handler decides again. */
  readonly result: 'appended' | 'conflict';
}

export const ENGINES = ['event-store', 'redis'] as const;
export type Engine = (typeof ENGINES)[number];

/** A call to an engine has ended. */
export interface EngineCalled {
  readonly kind: 'engine-called';
  readonly engine: Engine;
  /** The method, or the command of Redis in lower case. */
  readonly call: string;
  readonly ms: number;
  readonly failed: boolean;
}

/** The caches of what was read from the read models: versions of documents, and pages of the members of collections. */
export const INTERVAL_CACHES = ['versions', 'members'] as const;
export type IntervalCache = (typeof INTERVAL_CACHES)[number];

/** The caches whose size is reported. */
export const SIZED_CACHES = [...INTERVAL_CACHES, 'answers'] as const;
export type SizedCache = (typeof SIZED_CACHES)[number];

export const CACHES = ['documents', 'compiled', 'records', 'lists', ...SIZED_CACHES] as const;
export type Cache = (typeof CACHES)[number];

/**
 * A cache was asked: of parsed documents, of compiled operations, of folded records, of the rows of lists, of versions or members that
 * were read from the read models, or of answers that stay the same. Such an answer is found if it need not be made again.
 */
export interface CacheAsked {
  readonly kind: 'cache-asked';
  readonly cache: Cache;
  readonly found: boolean;
}

/** Something was put into a cache, or all of it was dropped. */
export interface CacheFilled {
  readonly kind: 'cache-filled';
  readonly cache: SizedCache;
  /** What is in it now. */
  readonly bytes: number;
  /** How many entries had to make room since the last report. */
  readonly evicted: number;
}

export const TOKEN_REFUSALS = ['missing', 'invalid', 'no-access-token', 'expired', 'revoked'] as const;
export type TokenRefusalReason = (typeof TOKEN_REFUSALS)[number];

/** A caller was refused because of its token. */
export interface TokenRefused {
  readonly kind: 'token-refused';
  readonly reason: TokenRefusalReason;
}

/** A valid token has a role, but names no department that it may read. Reported once for each token. */
export interface TokenReadsNothing {
  readonly kind: 'token-reads-nothing';
  readonly sub: string;
  readonly roles: readonly string[];
}

/** Reads of persons were written to the record of reads. */
export interface ReadsRecorded {
  readonly kind: 'reads-recorded';
  readonly reads: number;
}

/** Reads of persons were answered, and are not on record. */
export interface ReadsUnrecorded {
  readonly kind: 'reads-unrecorded';
  readonly reads: number;
}

/** A change was sent to the receiver of a webhook. */
export interface WebhookAttempted {
  readonly kind: 'webhook-attempt';
  readonly delivered: boolean;
}

/** The server has given a webhook up. */
export interface WebhookStopped {
  readonly kind: 'webhook-stopped';
  readonly webhook: string;
  readonly reason: string;
}

export const TRANSPORTS = ['http', 'websocket', 'sse', 'export', 'import'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const OPERATION_TYPES = ['query', 'mutation', 'subscription', 'export', 'import', 'unknown'] as const;
/** `unknown` if the request was refused before its operation was found. */
export type OperationType = (typeof OPERATION_TYPES)[number];

export const OUTCOMES = ['ok', 'refused', 'limited', 'unauthenticated', 'unavailable', 'fault', 'aborted'] as const;
/**
 * How an operation ended. `refused`: the client or the ledger's rules are the reason; `limited`: a limit; `unavailable`: part of the
 * service could not be reached; `fault`: a bug of ours; `aborted`: the client disconnected first.
 */
export type OutcomeClass = (typeof OUTCOMES)[number];

/** What an operation spent. */
export interface Cost {
  readonly fields: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

/** One operation of a client has ended, also if it was refused. Of a subscription: all of it, once. */
export interface OperationEnded {
  readonly kind: 'operation-ended';
  readonly transport: Transport;
  readonly type: OperationType;
  /** Each name once, as the document has it: it may be a name that the schema does not have. */
  readonly rootFields: readonly string[];
  /** As the client sent it: of any length and content. */
  readonly operationName?: string;
  /** The hash of its document, if the operator has listed it. */
  readonly trustedId?: string;
  /** Who asked; undefined if the token was refused. */
  readonly sub?: string;
  readonly outcome: OutcomeClass;
  /** The codes of its errors, each once. */
  readonly codes: readonly string[];
  readonly ms: number;
  readonly cost?: Cost;
  readonly requestId: string;
  /** How many items a subscription delivered. */
  readonly items?: number;
}
