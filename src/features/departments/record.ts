import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Dated, EffectiveOrder, emptyOrder, inForce, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import { Instant } from '../../kernel/time';
import { DepartmentEvent, DepartmentRegistered, DepartmentRenamed } from './events';

/** What is known of a department: how it was registered, which is true from the beginning, and its later names. */
export interface DepartmentRecord {
  readonly founding: DepartmentRegistered;
  readonly names: EffectiveOrder<Dated & { readonly name: string }>;
}

export interface DepartmentView {
  readonly code: string;
  readonly name: string;
  readonly level?: string;
  readonly functions: readonly string[];
}

export const departmentFold: Fold<DepartmentRecord> = {
  entityType: 'DEPARTMENT',
  evolve(record, stored) {
    const event = stored as unknown as DepartmentEvent;
    if (event.type === 'DepartmentRegistered') return { founding: event.data, names: emptyOrder() };
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with a registration`);
    return withName(record, event);
  },
};

function withName(
  record: DepartmentRecord,
  event: StoredEvent<'DepartmentRenamed', DepartmentRenamed>,
): DepartmentRecord {
  const renaming = { name: event.data.name, effectiveAt: effectiveAtOf(event), position: event.position };
  return { ...record, names: withFact(record.names, renaming) };
}

/** The department as of an effective moment; without one, as on record. */
export function viewDepartment({ founding, names }: DepartmentRecord, effectiveAt?: Instant): DepartmentView {
  return { ...founding, name: inForce(names, effectiveAt)?.name ?? founding.name };
}
