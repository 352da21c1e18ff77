import { Map as ImmutableMap } from 'immutable';
import { Hash } from '../tree/hashes';
import { DepartmentHead, departmentValue, EntityHead, entityValue, mapKey } from './head';
import { MapPath, SparseMap } from './sparse-map';

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

/** The head of one entity of a department. */
export interface NamedHead extends EntityHead {
  readonly department: string;
  readonly stream: string;
}

interface Department {
  readonly heads: ImmutableMap<string, EntityHead>;
  readonly map: SparseMap;
}

const NO_ENTITIES: Department = { heads: ImmutableMap(), map: SparseMap.EMPTY };

/** The ends of all histories at one size of the tree, as an authenticated map from department to entity to head. Immutable. */
export class Heads {
  static readonly NONE = new Heads(ImmutableMap(), SparseMap.EMPTY);

  private constructor(
    private readonly departments: ImmutableMap<string, Department>,
    private readonly map: SparseMap,
  ) {}

  get rootHash(): Hash {
    return this.map.rootHash;
  }

  with(heads: Iterable<NamedHead>): Heads {
    const changed = new Map<string, Department>();
    for (const { department: code, stream, changes, lastLeaf } of heads) {
      const { heads: before, map } = changed.get(code) ?? this.departmentOf(code);
      const head = { changes, lastLeaf };
      changed.set(code, { heads: before.set(stream, head), map: map.with(mapKey(stream), entityValue(head)) });
    }
    let { map } = this;
    for (const [code, department] of changed) map = map.with(mapKey(code), departmentValue(headOf(department)));
    return new Heads(this.departments.merge(changed), map);
  }

  /** undefined if the department has no such entity. */
  headOf(department: string, stream: string): EntityHead | undefined {
    return this.departmentOf(department).heads.get(stream);
  }

  /** The heads of all entities of a department, by stream. */
  entitiesOf(department: string): ReadonlyMap<string, EntityHead> {
    return new Map(this.departmentOf(department).heads);
  }

  prove(code: string, stream: string): HeadProof {
    const departmentPath = this.map.pathTo(mapKey(code));
    const department = this.departments.get(code);
    if (department === undefined) return { department: undefined, departmentPath, entity: undefined };
    return {
      department: headOf(department),
      departmentPath,
      entity: department.heads.get(stream),
      entityPath: department.map.pathTo(mapKey(stream)),
    };
  }

  private departmentOf(code: string): Department {
    return this.departments.get(code) ?? NO_ENTITIES;
  }
}

const headOf = ({ heads, map }: Department): DepartmentHead => ({
  entities: BigInt(heads.size),
  entitiesRoot: map.rootHash,
});
