import { mayRead } from '../auth/policy';
import { Principal } from '../auth/principal';
import { AbortState, andThen, Awaitable } from '../kernel/async';
import { requireWaiting } from '../kernel/outage';
import { patiently } from '../kernel/patience';
import { ok, Result, unwrap } from '../kernel/refusal';
import { AbortableStore } from '../read-model/abortable-store';
import { DepartmentReader } from './departments/department-reader';
import { Visibility } from './departments/visibility';
import { Masking } from './masking/masking';
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
  /** Callers with the same text see the same of the ledger. */
  readonly sight: string;

  constructor(
    services: Services,
    readonly principal: Principal,
    readonly signal?: AbortState,
    limits: WorkLimits = services.limits,
  ) {
    this.work = new Work(limits, signal, principal.sub);
    this.masking = services.masked.for(principal);
    this.services = forOneRequest(services, this);
    this.sight = `${this.services.visibility?.key ?? ''}${this.masking === undefined ? '' : ' masked'}`;
  }

  /** Refuses a caller that may not read at all. */
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

/**
 * What the caller may not read does not exist for its request (docs/adr/0033). After the client has disconnected, nothing more is read for its request. A write that has begun is finished. If a store does not
 * answer, the request gives up.
 */
function forOneRequest<Services extends RequestServices>(
  services: Services,
  { work, signal, masking, principal }: Pick<ReadingRequest<Services>, 'work' | 'signal' | 'masking' | 'principal'>,
): Services {
  const patience = services.reader.newPatience();
  const abortable = new AbortableStore(services.store, signal, patience);
  const { readDepartments } = principal;
  const visibility = readDepartments.isAll ? undefined : new Visibility(readDepartments, services.homes);
  const visible = visibility === undefined ? abortable : new DepartmentReader(abortable, visibility, work);
  const store = masking === undefined ? visible : services.masked.over(visible);
  const { records, derived } = masking === undefined ? services : services.masked;
  const begin = (): RequestServices['log'] => {
    requireWaiting(signal);
    patience.require();
    return services.log;
  };
  const log: RequestServices['log'] = {
    head: async () => patience.bound(begin().head()),
    readAll: (after) => patiently(begin().readAll(after), patience),
  };
  const reader = services.reader.over({ store, log, patience });
  const own = { work, signal, patience, visibility, store, log, reader, derived, records: records.over(store, work) };
  // Inherits the others: V8 copies an object whose fields are overridden one field at a time, which takes 6 µs.
  return Object.assign(Object.create(services) as Services, own);
}
