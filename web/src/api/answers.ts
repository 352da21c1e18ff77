import { Answer } from './failure';

/** The answers that never change, such as those at a position. The least recently used one is dropped first. */
export class Answers {
  private readonly known = new Map<string, Answer<unknown>>();

  constructor(private readonly most: number) {}

  get<Data>(key: string): Answer<Data> | undefined {
    const answer = this.known.get(key);
    if (answer === undefined) return undefined;
    this.known.delete(key);
    this.known.set(key, answer);
    return answer as Answer<Data>;
  }

  /** A failure is not kept: the next try may succeed. */
  keep(key: string, answer: Answer<unknown>): void {
    if (!answer.ok) return;
    this.known.set(key, answer);
    if (this.known.size <= this.most) return;
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      return;
    }
  }

  clear(): void {
    this.known.clear();
  }
}
