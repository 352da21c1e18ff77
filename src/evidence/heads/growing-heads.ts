import { Hash } from '../tree/hashes';
import { Heads, NamedHead } from './heads';

/** One change, as far as the heads depend on it. */
export interface HeadChange {
  readonly department: string;
  readonly stream: string;
  readonly leafHash: Hash;
}

/** Heads that grow with the log. Changes are only collected; they are hashed when the heads are asked for. */
export class GrowingHeads {
  private readonly changed = new Map<string, NamedHead>();

  constructor(private known: Heads = Heads.NONE) {}

  add({ department, stream, leafHash }: HeadChange): void {
    const key = `${department}/${stream}`;
    const before = this.changed.get(key) ?? this.known.headOf(department, stream);
    const changes = (before?.changes ?? 0n) + 1n;
    this.changed.set(key, { department, stream, changes, lastLeaf: leafHash });
  }

  get now(): Heads {
    this.known = this.known.with(this.changed.values());
    this.changed.clear();
    return this.known;
  }
}
