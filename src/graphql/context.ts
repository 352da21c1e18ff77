import { createParameterDecorator } from 'type-graphql';
import { mayRead } from '../auth/policy';
import { Principal } from '../auth/principal';
import { CommandHandler } from '../command-handling/command-handler';
import { EventStore } from '../event-store/event-store';
import { andThen, Awaitable } from '../kernel/async';
import { Limits } from '../kernel/limits';
import { requireWaiting } from '../kernel/outage';
import { ok, Result } from '../kernel/refusal';
import { AbortableStore } from '../read-model/abortable-store';
import { LedgerReader } from '../reading/ledger-reader';
import { unwrap } from './errors';
import { FeedServices } from '../change-feed/feed-services';
import { NodeLoaders } from './node-loaders';
import { Scope, ScopeServices } from '../reading/scope';
import { Lineages } from '../reading/lineage';

/** What the resolvers reach the ledger through; the same for all requests of a process. */
export interface LedgerServices extends ScopeServices {
  /** Aborts if the client of a request goes before the answer; undefined for what is the same for all requests. */
  readonly signal?: AbortSignal;
  readonly log: Pick<EventStore, 'head' | 'readAll'>;
  /** Compares the log with what this node and its read models know of it. Throws `LogMismatch`. */
  readonly requireSameLog: () => Promise<void>;
  readonly reader: LedgerReader;
  readonly commands: CommandHandler;
  readonly limits: Limits;
  readonly nodes: NodeLoaders;
  readonly lineages: Lineages;
  /** The types of all events that the ledger may hold. */
  readonly eventTypes: ReadonlySet<string>;
  readonly demo: boolean;
  readonly feed: FeedServices;
}

/** One request. The position that it is answered at is pinned by the first field that asks, so two fields never disagree. */
export class RequestContext {
  private pinned: Awaitable<Result<Scope>> | undefined;

  readonly services: LedgerServices;

  constructor(
    services: LedgerServices,
    readonly principal: Principal,
    readonly correlationId: string,
    readonly causationId?: string,
    /** Where a broken subscription is resumed, whatever its own `after` says. */
    readonly resumeAfter?: string,
    signal?: AbortSignal,
  ) {
    this.services = signal === undefined ? services : until(signal, services);
  }

  /** Refuses who may not read at all. */
  requireReading(): void {
    unwrap(mayRead(this.principal));
  }

  /** The ledger now, as this request sees it. */
  present(): Awaitable<Scope> {
    return andThen((this.pinned ??= this.pin()), unwrap);
  }

  private pin(): Awaitable<Result<Scope>> {
    const allowed = mayRead(this.principal);
    if (!allowed.ok) return allowed;
    return andThen(this.services.reader.pin(), (snapshot) =>
      snapshot.ok ? ok(new Scope(this.services, snapshot.value, 'present')) : snapshot,
    );
  }
}

/** Of a request whose client has gone, nothing more is read. What it has begun to write is written. */
function until(signal: AbortSignal, services: LedgerServices): LedgerServices {
  const store = new AbortableStore(services.store, signal);
  const log: LedgerServices['log'] = {
    head() {
      requireWaiting(signal);
      return services.log.head();
    },
    readAll(after) {
      requireWaiting(signal);
      return services.log.readAll(after);
    },
  };
  return { ...services, signal, store, log, reader: services.reader.over({ store, log }) };
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
