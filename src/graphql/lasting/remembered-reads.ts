import { LRUCache } from 'lru-cache';
import { NotedRead } from '../../reading/on-record/read-note';

/** About 10 MB, if all reads name many departments. */
const KEPT_TEXTS = 100_000;

type KnownRead = NotedRead & { readonly departments: readonly string[] };

/** What was read for each answer, so that the same is put on record if its reader asks whether it still holds. */
export class RememberedReads {
  private readonly known = new LRUCache<string, readonly KnownRead[]>({
    maxSize: KEPT_TEXTS,
    sizeCalculation: (reads) =>
      reads.reduce((texts, { departments, fields }) => texts + departments.length + fields.length + 1, 1),
  });

  of(tag: string): readonly NotedRead[] | undefined {
    return this.known.get(tag);
  }

  remember(tag: string, reads: readonly NotedRead[]): void {
    this.known.set(
      tag,
      reads.map((read) => ({ ...read, departments: [...read.departments] })),
    );
  }
}
