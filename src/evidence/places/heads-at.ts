import { setImmediate as turn } from 'node:timers/promises';
import { LogTree } from '../log-tree';
import { Heads } from '../heads/heads';
import { Places } from './places';

interface Ending {
  readonly department: string;
  changes: bigint;
  lastIndex: bigint;
}

/** Leaves that are counted, and heads that are hashed, before others have their turn. */
const COUNTED = 20_000n;
const HASHED = 200;

/** The heads of a smaller tree, from the places of its leaves. */
export async function headsAt(size: bigint, tree: Pick<LogTree, 'leafAt'>, places: Pick<Places, 'at'>): Promise<Heads> {
  const endings = new Map<string, Ending>();
  for (let index = 0n; index < size; index++) {
    const { stream, department } = places.at(index);
    const ending = endings.get(stream);
    if (ending === undefined) endings.set(stream, { department, changes: 1n, lastIndex: index });
    else {
      ending.changes += 1n;
      ending.lastIndex = index;
    }
    if (index % COUNTED === 0n) await turn();
  }
  // In the order of the tree, so that each tile is read once.
  const inOrder = [...endings].sort(([, left], [, right]) => (left.lastIndex < right.lastIndex ? -1 : 1));
  let heads = Heads.NONE;
  for (let from = 0; from < inOrder.length; from += HASHED) {
    heads = heads.with(
      inOrder.slice(from, from + HASHED).map(([stream, { department, changes, lastIndex }]) => ({
        department,
        stream,
        changes,
        lastLeaf: tree.leafAt(lastIndex),
      })),
    );
    await turn();
  }
  return heads;
}
