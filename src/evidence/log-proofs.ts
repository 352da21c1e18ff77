import { LRUCache } from 'lru-cache';
import { Bell } from '../kernel/async';
import { CorruptLedger, ReadModelBehind } from '../kernel/outage';
import { FollowedLog } from './followed-log';
import { Heads } from './heads/heads';
import { KeptCheckpoint, KeptCheckpoints } from './kept-checkpoint';
import { LeafPlace } from './places/places';
import { headsAt } from './places/heads-at';
import { Hash } from './tree/hashes';
import { LeafRange } from './tree/subtrees';

export interface LogProofsOptions {
  /** The name of the ledger in its checkpoints. */
  readonly origin: string;
  /** C2SP signed-note. */
  readonly verifierKeys: readonly string[];
  readonly kept: KeptCheckpoints;
  readonly follower: { readonly followed: FollowedLog | undefined; readonly progress: Bell };
}

/** Sizes whose heads are kept in memory, after they were asked for. */
const CACHED_HEADS = 2;

/** What proves the events of the log, at the sizes that were signed and at all sizes between them. */
export class LogProofs {
  private readonly heads = new LRUCache<bigint, Promise<Heads>>({ max: CACHED_HEADS });

  constructor(private readonly options: LogProofsOptions) {}

  get origin(): string {
    return this.options.origin;
  }

  get verifierKeys(): readonly string[] {
    return this.options.verifierKeys;
  }

  /** undefined before the first one is signed. */
  get newest(): KeptCheckpoint | undefined {
    return this.options.kept.newest;
  }

  /** The checkpoint of that size, if it is kept. */
  checkpointOf(treeSize: bigint): KeptCheckpoint | undefined {
    return this.options.kept.of(treeSize);
  }

  /** The oldest checkpoint that is kept whose tree has the leaf with this index; -1n: the oldest one of all. */
  checkpointWith(leafIndex: bigint): KeptCheckpoint | undefined {
    return this.options.kept.from(leafIndex + 1n);
  }

  /** The newest sizes of kept checkpoints below a size, in ascending order. The tree of size 0 proves nothing, and is left out. */
  sizesBefore(treeSize: bigint, most: number): readonly bigint[] {
    const sizes: bigint[] = [];
    let size = treeSize;
    while (sizes.length < most && size > 0n) {
      size = this.options.kept.upTo(size - 1n)?.treeSize ?? 0n;
      if (size > 0n) sizes.unshift(size);
    }
    return sizes;
  }

  /** How many leaves can be proven now: those of the newest checkpoint, and newer ones. */
  get size(): bigint {
    return this.options.follower.followed?.provable ?? 0n;
  }

  /** The position of the last of them, 0 if there are none; undefined before the tree is open. */
  get position(): bigint | undefined {
    const { followed } = this.options.follower;
    if (followed === undefined) return undefined;
    const { provable, places } = followed;
    return provable === 0n ? 0n : places.at(provable - 1n).position;
  }

  /** The methods below throw `RangeError` for leaves and sizes that the tree has never had, and `ReadModelBehind` for those that it has lost. */
  leafHash(leafIndex: bigint): Hash {
    return this.within(leafIndex + 1n).tree.leafAt(leafIndex);
  }

  placeOf(leafIndex: bigint): LeafPlace {
    return this.within(leafIndex + 1n).places.at(leafIndex);
  }

  /** How many leaves have a position of at most this. The leaf with this index is the next one. */
  countUpTo(position: bigint): bigint {
    return this.within(0n).places.countUpTo(position);
  }

  /** The hash of a node of some tree by RFC 9162. */
  hashOf(range: LeafRange): Hash {
    return this.within(range.to).tree.hashOf(range);
  }

  /** RFC 9162, 2.1.3.1. */
  inclusion(leafIndex: bigint, treeSize: bigint): readonly Hash[] {
    return this.within(treeSize).tree.inclusion(leafIndex, treeSize);
  }

  /** RFC 9162, 2.1.4.1. There is no proof from size 0 to a larger one: `RangeError`. */
  consistency(first: bigint, second: bigint): readonly Hash[] {
    return this.within(second).tree.consistency(first, second);
  }

  /** The heads of that size. They prove what `headsNote` of its checkpoint signs. */
  headsOf(treeSize: bigint): Promise<Heads> {
    const followed = this.within(treeSize);
    const recent = followed.recentHeads(treeSize);
    if (recent !== undefined) return Promise.resolve(recent);
    let heads = this.heads.get(treeSize);
    if (heads === undefined) {
      heads = headsAt(treeSize, followed.tree, followed.places).catch((error: unknown) => {
        throw error instanceof CorruptLedger && followed !== this.options.follower.followed ? computedAgain() : error;
      });
      this.heads.set(treeSize, heads);
      heads.catch(() => this.heads.delete(treeSize));
    }
    return heads;
  }

  /** Waits until there is an answer, or until the moment of `performance.now()`. Throws `ReadModelBehind` then. */
  async waitFor<T>(answer: () => T | undefined, deadline: number): Promise<T> {
    for (;;) {
      const found = answer();
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0) throw new ReadModelBehind('The tree of the log has not come this far yet; try again');
      await this.options.follower.progress.wait({ timeoutMs: left });
    }
  }

  private within(treeSize: bigint): FollowedLog {
    const { followed } = this.options.follower;
    if (followed === undefined) throw new ReadModelBehind('The tree of the log is not open yet; try again');
    if (treeSize <= followed.provable) return followed;
    if (treeSize <= (this.newest?.treeSize ?? 0n)) throw computedAgain();
    throw new RangeError(`The tree has ${followed.provable} leaves, not ${treeSize}`);
  }
}

const computedAgain = (): ReadModelBehind =>
  new ReadModelBehind('The tree of the log is computed again at the moment; try again');
