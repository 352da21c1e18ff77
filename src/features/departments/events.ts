import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';

export interface DepartmentRegistered {
  readonly code: string;
  readonly name: string;
  readonly level?: string;
  readonly functions: readonly string[];
}

export interface DepartmentRenamed {
  readonly name: string;
}

export type DepartmentEvent =
  StoredEvent<'DepartmentRegistered', DepartmentRegistered> | StoredEvent<'DepartmentRenamed', DepartmentRenamed>;

export const departmentEventTypes = {
  DepartmentRegistered: { upcasters: [], personal: [] },
  DepartmentRenamed: { upcasters: [], personal: [] },
} satisfies EventTypesOf<DepartmentEvent>;
