import { DepartmentScope } from '../../auth/department-scope';
import { Change } from '../../read-model/change';
import { DocumentKey, Version } from '../../read-model/temporal-store';
import { afterSlash, departmentIn, kindOf, LedgerHomes } from './homes';

/** What a caller sees that may read these departments. */
export class Visibility {
  constructor(
    readonly departments: DepartmentScope,
    readonly homes: LedgerHomes,
  ) {}

  showsChange({ entity, department }: Pick<Change, 'entity' | 'department'>): boolean {
    return this.departments.covers(department) || this.homes.ofKind(entity.entityType) === 'LEDGER';
  }

  /** Whether it may be read; undefined if only the document itself says it. */
  showsKey(key: DocumentKey): boolean | undefined {
    const home = this.homes.ofKind(kindOf(key));
    if (home === 'LEDGER') return true;
    return home === 'CODE' ? this.showsCode(afterSlash(key)) : undefined;
  }

  /** Whether a version of a document may be read. It has its state, or the change that made it. */
  showsVersion(key: DocumentKey, { change, state }: Version): boolean {
    if (change !== undefined) return this.showsChange(change);
    const home = this.homes.ofKind(kindOf(key));
    return typeof home === 'function' ? this.departments.covers(home(state)) : this.showsKey(key) === true;
  }

  /** Callers with the same key see the same. */
  get key(): string {
    return this.departments.patterns.join(' ');
  }

  /** Whether what has a department in its code may be read. */
  showsCode(code: string): boolean {
    return this.departments.covers(departmentIn(code));
  }
}
