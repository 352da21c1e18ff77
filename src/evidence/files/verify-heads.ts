import { departmentValue, entityValue, mapKey } from '../heads/head';
import { MapLeaf } from '../heads/sparse-map';
import { climb } from '../heads/verify-map';
import { entitiesRoot } from '../heads/verify-head';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { EvidenceFile } from './evidence-file';
import { entityName, eventName } from './names';
import { History, ShownEvent } from './verify-histories';

type Heads = Pick<EvidenceFile, 'question' | 'department' | 'otherEntities' | 'streamPrefix'>;

/**
 * Throws `UnsoundEvidence` unless each history is whole up to the size of the tree. For a question about a department, no entity of the
 * department may be missing either.
 */
export function requireWhole(rootHash: Hash, file: Heads, histories: readonly History[]): void {
  const { question, department, otherEntities, streamPrefix } = file;
  const departmentRoot = (root: Hash): Hash => {
    const value = departmentValue({ entities: department.entities, entitiesRoot: root });
    return rootOf({ key: mapKey(question.department), value }, department.siblings);
  };
  const isWhole = histories.map((history) => departmentRoot(rootOfEntities(history)).equals(rootHash));
  const broken = histories[isWhole.indexOf(false)];
  if (broken !== undefined && isWhole.includes(true)) throw notWhole(broken, streamPrefix);
  if (broken !== undefined) {
    throw new UnsoundEvidence(
      `The histories of department ${question.department} do not lead to the signed heads: an event at the end of a history is missing, or a hash of the path, or the number of its entities (${department.entities}) was altered`,
    );
  }
  const isAboutDepartment = 'fiscalYear' in question.subject;
  if (isAboutDepartment) requireEveryEntity(file, histories);
  else if (otherEntities.length > 0)
    throw new UnsoundEvidence('The file names entities that the question is not about');
}

/** The histories lead to the signed heads already: so the map of the entities is the one that was signed. */
function requireEveryEntity({ question, department, otherEntities }: Heads, histories: readonly History[]): void {
  const heads = new Map(histories.map((history) => [history.stream, headOf(history)]));
  for (const { stream, ...head } of otherEntities) {
    if (heads.has(stream)) throw new UnsoundEvidence(`${stream} is in the file twice`);
    heads.set(stream, head);
  }
  const isComplete =
    BigInt(heads.size) === department.entities && entitiesRoot(heads).equals(rootOfEntities(histories[0] as History));
  if (!isComplete) {
    throw new UnsoundEvidence(
      `The file does not have all entities of department ${question.department}: it has ${heads.size} of ${department.entities}, or another one in place of one of them`,
    );
  }
}

function notWhole({ stream, events }: History, prefix: string): UnsoundEvidence {
  const last = events.at(-1) as ShownEvent;
  return new UnsoundEvidence(
    `The history of ${entityName(stream, prefix)} is not whole: the file ends it with ${eventName(last, prefix)}, and the signed heads do not`,
  );
}

const headOf = ({ events }: History) => ({
  changes: BigInt(events.length),
  lastLeaf: (events.at(-1) as ShownEvent).leaf,
});

const rootOfEntities = (history: History): Hash =>
  rootOf({ key: mapKey(history.stream), value: entityValue(headOf(history)) }, history.siblings);

const rootOf = (leaf: MapLeaf, siblings: readonly Hash[]): Hash => climb(leaf.key, { siblings, found: leaf });
