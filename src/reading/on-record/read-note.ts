import { ReadMade, ReadMoment } from '../../reads/read';
import { DocumentKey, Version } from '../../read-model/temporal-store';
import { afterSlash, departmentIn, kindOf, LedgerHomes } from '../departments/homes';

/** A read of more entities is recorded as one, with their departments. */
const MOST_ENTITIES = 20;
/** A read of more departments is recorded as one of all that the person may read. */
const MOST_DEPARTMENTS = 500;

export interface ReadNoteTerms {
  readonly operation: string;
  readonly moment: ReadMoment;
  /** 0 if the read is counted by another note. */
  readonly count: 0 | 1;
  readonly homes: LedgerHomes;
  /** Whether documents of this kind are entities. */
  readonly isEntity: (kind: string) => boolean;
}

/** A read, whoever made it. */
export interface NotedRead extends Omit<ReadMade, 'sub' | 'name'> {
  /** 0 if it is counted by another note. */
  readonly count: 0 | 1;
}

/** One read of a request, and what it has touched so far. */
export class ReadNote {
  /** The departments of the entities that were read one by one. */
  private readonly entities = new Map<string, readonly string[]>();
  /** Departments of other documents, such as the items of a list. */
  private readonly departments = new Set<string>();

  constructor(readonly terms: ReadNoteTerms) {}

  /** It has read one document. */
  sawOne<Found extends Pick<Version, 'state' | 'change'>>(key: DocumentKey, version: Found): Found {
    if (!this.terms.isEntity(kindOf(key))) return version;
    const department = this.departmentOf(key, version);
    // One more than are named shows that there are too many. Of the others, only the departments are kept.
    if (this.entities.size <= MOST_ENTITIES) this.entities.set(key, department === undefined ? [] : [department]);
    else if (department !== undefined) this.departments.add(department);
    return version;
  }

  /** It has read these documents. */
  saw<Found extends Version | undefined>(keys: readonly DocumentKey[], versions: readonly Found[]): readonly Found[] {
    for (const [index, version] of versions.entries()) {
      const department = version && this.departmentOf(keys[index] as DocumentKey, version);
      if (department !== undefined) this.departments.add(department);
    }
    return versions;
  }

  /** It is a read of what these departments have; codes or patterns. */
  covers(departments: readonly string[]): void {
    for (const department of departments) this.departments.add(department);
  }

  /** What is recorded. `all`: the departments that the person may read. */
  reads(fields: readonly string[], all: readonly string[]): readonly NotedRead[] {
    const { operation, moment, count } = this.terms;
    const made = (entity: string | undefined, departments: Iterable<string>): NotedRead => ({
      operation,
      entity,
      moment,
      departments,
      fields,
      count,
    });
    const isNamed = this.entities.size <= MOST_ENTITIES;
    const others = this.otherDepartments(isNamed);
    const reads: NotedRead[] = [];
    if (isNamed) for (const [entity, departments] of this.entities) reads.push(made(entity, departments));
    if (others.size > 0 || reads.length === 0) {
      reads.push(made(undefined, others.size > MOST_DEPARTMENTS ? all : others));
    }
    return reads;
  }

  /** The departments that no read of a named entity has. */
  private otherDepartments(isNamed: boolean): ReadonlySet<string> {
    if (isNamed && this.departments.size === 0) return this.departments;
    const others = new Set(this.departments);
    for (const departments of this.entities.values()) {
      for (const department of departments) {
        if (isNamed) others.delete(department);
        else others.add(department);
      }
    }
    return others;
  }

  private departmentOf(key: DocumentKey, { state, change }: Pick<Version, 'state' | 'change'>): string | undefined {
    if (change !== undefined) return change.department;
    const home = this.terms.homes.ofKind(kindOf(key));
    if (home === 'LEDGER') return undefined;
    return home === 'CODE' ? departmentIn(afterSlash(key)) : home(state);
  }
}
