import { mayRead } from '../auth/policy';
import { Principal } from '../auth/principal';
import { AbortState, andThen, Awaitable } from '../kernel/async';
import { ok, Result, unwrap } from '../kernel/refusal';
import { Masking } from './masking/masking';
import { forOneRequest } from './own-services';
import { Scope } from './scope';
import { RequestServices } from './services';
import { Work, WorkLimits } from './work';

/** What a request may read. The first part that reads fixes the position, so two parts never disagree. */
export class ReadingRequest<Services extends RequestServices> {
  private pinned: Awaitable<Result<Scope>> | undefined;

  readonly services: Services;
  readonly work: Work;
  /** What the caller may not see; undefined if it may see everything. */
  readonly masking: Masking | undefined;

  constructor(
    services: Services,
    readonly principal: Principal,
    readonly signal?: AbortState,
    limits: WorkLimits = services.limits,
  ) {
    this.work = new Work(limits, signal, principal.sub);
    this.masking = services.masked.for(principal);
    this.services = forOneRequest(services, this);
  }

  /** Callers with the same text see the same of the ledger. */
  get sight(): string {
    const { visibility } = this.services;
    return `${visibility === undefined ? '*' : visibility.key}${this.masking === undefined ? '' : ' masked'}`;
  }

  /** Refuses a caller that may not read at all. */
  requireReading(): void {
    unwrap(mayRead(this.principal));
  }

  /** Puts on record what was read. `fields`: what was asked for. */
  recordReads(fields: () => readonly string[]): void {
    this.services.reads?.end(fields);
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
