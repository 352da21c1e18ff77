import { Principal } from '../auth/principal';
import { StoredEvent } from '../event-store/envelope';
import { AbortState } from '../kernel/async';
import { requireWaiting } from '../kernel/outage';
import { Patience, patiently } from '../kernel/patience';
import { AbortableStore } from '../read-model/abortable-store';
import { DepartmentReader } from './departments/department-reader';
import { Visibility } from './departments/visibility';
import { Masking } from './masking/masking';
import { RequestReads } from './on-record/request-reads';
import { RequestServices } from './services';
import { Work } from './work';

/** What is known of a request before it has services of its own. */
interface Asked {
  readonly work: Work;
  readonly signal?: AbortState;
  readonly masking?: Masking;
  readonly principal: Principal;
}

type ReadableLog = RequestServices['log'];

/** The log, for one request. */
class PatientLog implements ReadableLog {
  constructor(
    private readonly log: ReadableLog,
    private readonly signal: AbortState | undefined,
    private readonly patience: Patience,
  ) {}

  async head(): Promise<bigint> {
    return this.patience.bound(this.begin().head());
  }

  readAll(after: bigint): AsyncIterable<StoredEvent> {
    return patiently(this.begin().readAll(after), this.patience);
  }

  private begin(): ReadableLog {
    requireWaiting(this.signal);
    this.patience.require();
    return this.log;
  }
}

/** What differs from one request to the next. */
class OwnServices {
  constructor(
    readonly work: RequestServices['work'],
    readonly signal: RequestServices['signal'],
    readonly reads: RequestServices['reads'],
    readonly patience: RequestServices['patience'],
    readonly visibility: RequestServices['visibility'],
    readonly masking: RequestServices['masking'],
    readonly store: RequestServices['store'],
    readonly log: RequestServices['log'],
    readonly reader: RequestServices['reader'],
    readonly derived: RequestServices['derived'],
    readonly records: Pick<RequestServices['records'], 'at'>,
  ) {}
}

const classes = new WeakMap<RequestServices, typeof OwnServices>();

/**
 * A class whose objects inherit all other services. V8 makes an object of a class in a fraction of the time that it takes to copy or extend
 * an object.
 */
function inheriting(services: RequestServices): typeof OwnServices {
  const known = classes.get(services);
  if (known !== undefined) return known;
  const made = class extends OwnServices {};
  Object.setPrototypeOf(made.prototype, services);
  classes.set(services, made);
  return made;
}

/**
 * The services as one request sees them. What its caller may not read does not exist (docs/adr/0033). After the client has disconnected,
 * nothing more is read for the request; a write that has begun is finished. If a store does not answer, the request gives up.
 */
export function forOneRequest<Services extends RequestServices>(
  services: Services,
  { work, signal, masking, principal }: Asked,
): Services {
  const patience = services.reader.newPatience();
  const abortable = new AbortableStore(services.store, signal, patience);
  const { readDepartments } = principal;
  const visibility = readDepartments.isAll ? undefined : new Visibility(readDepartments, services.homes);
  const visible = visibility === undefined ? abortable : new DepartmentReader(abortable, visibility, work);
  const store = masking === undefined ? visible : services.masked.over(visible);
  const { records, derived } = masking === undefined ? services : services.masked;
  const log = new PatientLog(services.log, signal, patience);
  const reader = services.reader.over({ store, log, patience });
  const Own = inheriting(services);
  const { readRecording } = services;
  const reads = readRecording && new RequestReads(readRecording, principal);
  const own = new Own(
    work,
    signal,
    reads,
    patience,
    visibility,
    masking,
    store,
    log,
    reader,
    derived,
    records.over(store, work),
  );
  return own as RequestServices as Services;
}
