import { Hash } from '../tree/hashes';
import { departmentValue, EntityHead, entityValue, mapKey } from './head';
import { HeadProof } from './heads';
import { SparseMap } from './sparse-map';
import { isInMap } from './verify-map';

/** Whether the proof shows what it says of the entity, in the map with this root. */
export function isHeadProven(rootHash: Hash, code: string, stream: string, proof: HeadProof): boolean {
  const { department, departmentPath, entity, entityPath } = proof;
  const value = department === undefined ? undefined : departmentValue(department);
  if (!isInMap(rootHash, mapKey(code), value, departmentPath)) return false;
  if (department === undefined) return entity === undefined && entityPath === undefined;
  if (entityPath === undefined) return false;
  const head = entity === undefined ? undefined : entityValue(entity);
  return isInMap(department.entitiesRoot, mapKey(stream), head, entityPath);
}

/** The root of the map of these entities. Whoever has all entities of a department can check that none is missing. */
export const entitiesRoot = (heads: ReadonlyMap<string, EntityHead>): Hash =>
  [...heads].reduce((map, [stream, head]) => map.with(mapKey(stream), entityValue(head)), SparseMap.EMPTY).rootHash;
