import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../event-store/envelope';
import { GrowingHeads } from './heads/growing-heads';
import { Heads } from './heads/heads';
import { NextEvent } from './leaf-messages';
import { LogEnd, START } from './log-order';
import { LogTree } from './log-tree';
import { Places } from './places/places';
import { TileStorage } from './tiles/tile-storage';

/** The department that an event's entity belongs to. It is asked for the first event of each stream. */
export type DepartmentOf = (first: StoredEvent) => string;

/** Where a process keeps what it computes of the log. */
export interface FollowedLogStorage {
  readonly tiles: TileStorage;
  readonly places: Places;
}

const RECENT_HEADS = 16;

/** What is computed of the log as far as it was followed. It grows together. */
export class FollowedLog {
  private readonly growing: GrowingHeads;
  /** They share all that is equal. */
  private readonly recent = new LRUCache<bigint, Heads>({ max: RECENT_HEADS });
  private writtenLeaves: bigint;

  constructor(
    readonly tree: LogTree,
    readonly places: Places,
    heads: Heads,
    private reached: LogEnd,
    private readonly departmentOf: DepartmentOf,
  ) {
    this.growing = new GrowingHeads(heads);
    this.recent.set(reached.size, heads);
    this.writtenLeaves = tree.size;
  }

  /** Nothing is followed yet. What the storage has does not count any more. */
  static fromStart({ tiles, places }: FollowedLogStorage, departmentOf: DepartmentOf): FollowedLog {
    places.truncate(0n);
    return new FollowedLog(LogTree.empty(tiles), places, Heads.NONE, START, departmentOf);
  }

  /** The part of the log that was followed. */
  get end(): LogEnd {
    return this.reached;
  }

  get heads(): Heads {
    const heads = this.growing.now;
    this.recent.set(this.reached.size, heads);
    return heads;
  }

  /** The heads at a size, if they were asked for at that size lately. */
  recentHeads(treeSize: bigint): Heads | undefined {
    return this.recent.get(treeSize);
  }

  /** How many leaves can be proven. */
  get provable(): bigint {
    return this.writtenLeaves;
  }

  /** The event counts for proofs after the next `write`. */
  append({ event, leaf, end }: NextEvent): void {
    const { stream } = event;
    const department = this.places.departmentOf(stream) ?? this.departmentOf(event);
    this.tree.append(leaf);
    this.places.append({ position: end.position, recordedAt: end.recordedAt, stream, department });
    this.growing.add({ department, stream, leafHash: leaf });
    this.reached = end;
  }

  write(): void {
    this.places.write();
    this.tree.write();
    this.writtenLeaves = this.tree.size;
  }

  /** Returns when all that was appended is on disk. */
  sync(): void {
    this.write();
    this.places.sync();
    this.tree.sync();
  }
}
