import { Answer } from './failure';

interface Kept {
  readonly answer: Answer<unknown>;
  readonly size: number;
}

/** The answers that never change, such as those at a position. The least recently used ones are dropped first. */
export class Answers {
  private readonly known = new Map<string, Kept>();
  private size = 0;

  /** It keeps so many answers at most, with so many characters together. */
  constructor(
    private readonly most: number,
    private readonly mostCharacters: number,
  ) {}

  get<Data>(key: string): Answer<Data> | undefined {
    const kept = this.known.get(key);
    if (kept === undefined) return undefined;
    this.known.delete(key);
    this.known.set(key, kept);
    return kept.answer as Answer<Data>;
  }

  /** A failure is not kept: the next try may succeed. */
  keep(key: string, answer: Answer<unknown>): void {
    if (!answer.ok) return;
    this.drop(key);
    const { size = 0 } = answer;
    this.known.set(key, { answer, size });
    this.size += size;
    for (const oldest of this.known.keys()) {
      if (this.known.size <= this.most && this.size <= this.mostCharacters) return;
      this.drop(oldest);
    }
  }

  clear(): void {
    this.known.clear();
    this.size = 0;
  }

  private drop(key: string): void {
    this.size -= this.known.get(key)?.size ?? 0;
    this.known.delete(key);
  }
}
