import { unwrap } from '../kernel/refusal';
import { andThen, Awaitable } from '../kernel/async';
import { documentKey } from '../read-model/temporal-store';
import { ChangeType, ReadAt } from './change';
import { LedgerServices, RequestContext } from './context';
import {
  ChangeName,
  GlobalId,
  isChange,
  isOfDryRun,
  isSnapshot,
  NodeName,
  placeOf,
  SnapshotInId,
} from '../reading/ids';
import { loadNode } from '../reading/nodes';
import { Scope } from '../reading/scope';
import { SnapshotType } from './snapshot';

/** The snapshot that the object was read at; undefined for the present. An item of the feed is read at its own position. */
export function snapshotOf(id: GlobalId): SnapshotInId | undefined {
  const { at } = id;
  if (at === 'FEED') return isChange(id) ? { position: id.position } : undefined;
  return at !== undefined && 'position' in at ? at : undefined;
}

/** Reads what ids name, each at the snapshot that it carries. Ids of one snapshot share its scope, so their reads are batched. */
export class NodeReading {
  private readonly scopes = new Map<string, Awaitable<Scope | undefined>>();

  constructor(private readonly context: RequestContext) {}

  /** undefined if the id names nothing. */
  async read(id: GlobalId): Promise<object | undefined> {
    if (isOfDryRun(id)) return undefined;
    const scope = await this.scopeOf(snapshotOf(id));
    return scope && loadAt(this.context.services, scope, id, id.at === 'FEED' ? id.at : scope);
  }

  private scopeOf(snapshot: SnapshotInId | undefined): Awaitable<Scope | undefined> {
    if (snapshot === undefined) return this.context.present();
    const place = placeOf(snapshot);
    let scope = this.scopes.get(place);
    if (scope === undefined) this.scopes.set(place, (scope = this.revisit(snapshot)));
    return scope;
  }

  private revisit(at: SnapshotInId): Awaitable<Scope | undefined> {
    const { services } = this.context;
    return andThen(services.reader.revisit(at), (found) => {
      const snapshot = unwrap(found);
      return snapshot && new Scope(services, snapshot, 'snapshot').readAs('node');
    });
  }
}

/** The object of that name at a scope; undefined if it is not there. */
export function loadAt(
  services: LedgerServices,
  scope: Scope,
  name: NodeName,
  readAt: ReadAt = scope,
): Awaitable<object | undefined> {
  if (isSnapshot(name)) return new SnapshotType(scope);
  return isChange(name) ? loadChange(scope, name, readAt) : loadNode(services.nodes, scope, name);
}

async function loadChange(
  scope: Scope,
  { entity, eventId, position }: ChangeName,
  readAt: ReadAt,
): Promise<ChangeType | undefined> {
  if (position > scope.position) return undefined;
  const [version] = await scope.services.store.versions([documentKey(entity.entityType, entity.code)], position);
  const event = version?.change?.event;
  return version?.change && event?.position === position && event.id === eventId
    ? new ChangeType(version.change, readAt)
    : undefined;
}
