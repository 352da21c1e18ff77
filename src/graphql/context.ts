import { createParameterDecorator } from 'type-graphql';
import { ActingServices } from '../actions/acting-services';
import { Policy } from '../auth/policy';
import { ChangeFilter } from '../change-feed/filter';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { LeafIndices } from '../evidence/leaf-indices';
import { LogProofs } from '../evidence/log-proofs';
import { Caller } from '../http/caller';
import { CallerPoints } from '../http/caller-points';
import { InputObject } from '../input/field';
import { FeedServices } from '../change-feed/feed-services';
import { AlertRules } from '../monitoring/rules';
import { LogMarks } from '../reading/log-marks';
import { ReadHistory } from '../reads/read-history';
import { ReadingRequest } from '../reading/request';
import { Scope } from '../reading/scope';
import { ReadingServices } from '../reading/services';
import { WebhookDesk } from '../webhooks/webhook-desk';

/** How the resolvers reach the ledger; the same for all requests of a process. */
export interface LedgerServices
  extends ReadingServices, Pick<ActingServices, 'requireSameLog' | 'commands' | 'proposals' | 'deciding'> {
  /** What proves the log; undefined if this process has no tree of it. */
  readonly proofs: LogProofs | undefined;
  /** The log as it is stored, before any upcasting: leaves are made of it. */
  readonly storedLog: Pick<EventStore, 'readStream' | 'readAll'>;
  /** The places of changes in the tree of the log. */
  readonly leafIndices: LeafIndices;
  readonly streams: StreamNames;
  readonly policy: Policy;
  readonly changeFilter: InputObject<ChangeFilter>;
  readonly demo: boolean;
  /** What monitoring warns of. */
  readonly alertRules: AlertRules;
  /** The record of reads; undefined: there is none. */
  readonly readHistory?: ReadHistory;
  /** Where webhooks are managed; undefined: there are none. */
  readonly webhooks?: WebhookDesk;
  readonly feed: FeedServices;
  /** What identifies the log up to a position. */
  readonly logMarks: Pick<LogMarks, 'at'>;
  /** The program with its configuration: while it is the same, the same question about the same log has the same answer. */
  readonly edition: string;
}

/** One operation of the API. */
export class RequestContext extends ReadingRequest<LedgerServices> {
  readonly correlationId: string;
  readonly causationId: string | undefined;
  readonly points: CallerPoints | undefined;

  constructor(
    services: LedgerServices,
    { principal, correlationId, causationId, signal, points }: Omit<Caller, 'expiresAt'>,
    /** The position that a broken subscription resumes after. It overrides the argument `after`. */
    readonly resumeAfter?: string,
  ) {
    super(services, principal, signal);
    this.correlationId = correlationId;
    this.causationId = causationId;
    this.points = points;
  }
}

/** Anything that hands a scope down to the fields below it. */
export interface Scoped {
  readonly scope: Scope;
}

/** The scope that a field is answered in: its parent's, or of a root field the request's. */
export const AtScope = (): ParameterDecorator =>
  createParameterDecorator<RequestContext>(({ root, context }) =>
    isScoped(root) ? root.scope : context.present(),
  ) as ParameterDecorator;

const isScoped = (root: unknown): root is Scoped =>
  typeof root === 'object' && root !== null && (root as Partial<Scoped>).scope instanceof Scope;
