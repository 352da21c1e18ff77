import { Hash } from '../tree/hashes';
import { DepartmentHead, departmentValue, EntityHead, entityValue, mapKey } from './head';
import { MapPath, SparseMap } from './sparse-map';

/** One change, as far as the heads depend on it. */
export interface HeadChange {
  readonly department: string;
  readonly stream: string;
  readonly leafHash: Hash;
}

/** What proves how far the history of an entity goes, or that the department has no such entity. */
export interface HeadProof {
  /** undefined if there is no such department. */
  readonly department: DepartmentHead | undefined;
  readonly departmentPath: MapPath;
  /** undefined if the department has no such entity. */
  readonly entity: EntityHead | undefined;
  /** Left out if there is no such department. */
  readonly entityPath?: MapPath;
}

interface Department {
  readonly heads: Map<string, EntityHead>;
  map: SparseMap;
  readonly changed: Set<string>;
}

/**
 * The ends of all histories, as an authenticated map from department to entity to head. Changes are cheap: what is hashed is
 * hashed when the root is asked for.
 */
export class Heads {
  private readonly departments = new Map<string, Department>();
  private readonly changed = new Set<string>();
  private map = SparseMap.EMPTY;

  add({ department: code, stream, leafHash }: HeadChange): void {
    let department = this.departments.get(code);
    if (department === undefined) {
      this.departments.set(code, (department = { heads: new Map(), map: SparseMap.EMPTY, changed: new Set() }));
    }
    const { changes } = department.heads.get(stream) ?? { changes: 0n };
    department.heads.set(stream, { changes: changes + 1n, lastLeaf: leafHash });
    department.changed.add(stream);
    this.changed.add(code);
  }

  get rootHash(): Hash {
    return this.upToDate().rootHash;
  }

  /** The heads of the entities of a department, by stream. */
  entitiesOf(department: string): ReadonlyMap<string, EntityHead> {
    return this.departments.get(department)?.heads ?? new Map<string, EntityHead>();
  }

  prove(code: string, stream: string): HeadProof {
    const departmentPath = this.upToDate().pathTo(mapKey(code));
    const department = this.departments.get(code);
    if (department === undefined) return { department: undefined, departmentPath, entity: undefined };
    const { map, heads } = department;
    return {
      department: headOf(department),
      departmentPath,
      entity: heads.get(stream),
      entityPath: map.pathTo(mapKey(stream)),
    };
  }

  private upToDate(): SparseMap {
    for (const code of this.changed) {
      const department = this.departments.get(code) as Department;
      for (const stream of department.changed) {
        const head = department.heads.get(stream) as EntityHead;
        department.map = department.map.with(mapKey(stream), entityValue(head));
      }
      department.changed.clear();
      this.map = this.map.with(mapKey(code), departmentValue(headOf(department)));
    }
    this.changed.clear();
    return this.map;
  }
}

const headOf = ({ heads, map }: Department): DepartmentHead => ({
  entities: BigInt(heads.size),
  entitiesRoot: map.rootHash,
});
