import { canonicalForm } from '../canonical-form';
import { Hash, sha256 } from '../tree/hashes';

/** How far the history of one entity goes. */
export interface EntityHead {
  readonly changes: bigint;
  /** The leaf hash of its last change. */
  readonly lastLeaf: Hash;
}

/** Which entities a department has. */
export interface DepartmentHead {
  readonly entities: bigint;
  /** The root of the map from each of its entities to the entity's head. */
  readonly entitiesRoot: Hash;
}

/** The key of an entity is the hash of its stream's name, and the key of a department that of its code. */
export const mapKey = (name: string): Hash => sha256(name);

export const entityValue = ({ changes, lastLeaf }: EntityHead): Hash =>
  sha256(canonicalForm({ changes: String(changes), lastLeaf: lastLeaf.toString('base64') }));

export const departmentValue = ({ entities, entitiesRoot }: DepartmentHead): Hash =>
  sha256(canonicalForm({ entities: String(entities), entitiesRoot: entitiesRoot.toString('base64') }));
