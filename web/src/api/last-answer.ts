import { Answer, UNREACHABLE } from './failure';

/** The answer that a component shows, and what it answers. */
export interface LastAnswer<Data> {
  /** The question, and who asked it. */
  readonly key: string;
  /** How often everything had been asked again (`refreshes`). */
  readonly round: number;
  readonly answer: Answer<Data>;
}

/**
 * What a component shows after another answer has come. If the server could not be reached, the answer to the same question stays:
 * the page says once, above everything, that there is no network.
 */
export function answerAfter<Data>(before: LastAnswer<Data> | undefined, next: LastAnswer<Data>): LastAnswer<Data> {
  const isKept =
    !next.answer.ok && next.answer.failure.code === UNREACHABLE && before?.key === next.key && before.answer.ok;
  return isKept ? { ...next, answer: before.answer } : next;
}
