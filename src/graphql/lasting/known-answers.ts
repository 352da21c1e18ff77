import { LRUCache } from 'lru-cache';
import { CACHE_BOUNDS } from '../../kernel/limits';
import { Telemetry } from '../../kernel/telemetry';
import { AnswerSize } from '../execution/metered-execution';
import { NotedRead } from '../../reading/on-record/read-note';

const { knownAnswersBytes } = CACHE_BOUNDS;
/** One answer takes at most this much of it. */
const MOST_OF_ONE = knownAnswersBytes / 8;
/** A longer text is not kept. */
const LONGEST_TEXT = MOST_OF_ONE / 2;
/** What an answer, and each of its reads, takes besides its texts. */
const BYTES_PER_ENTRY = 400;

type KnownRead = NotedRead & { readonly departments: readonly string[] };

/** An answer that stays the same, as it was given. */
export interface KnownAnswer {
  /** Its data as JSON; undefined if they are not kept. */
  readonly dataText: string | undefined;
  readonly size: AnswerSize;
  /** What was put on record for it. */
  readonly reads: readonly KnownRead[];
}

/**
 * The answers that stay the same and were given lately, by their keys. A text is kept when the answer is given for the second time. Most questions
 * are asked only once, and the garbage collector has work with each text that is kept.
 */
export class KnownAnswers {
  private readonly known = new LRUCache<string, KnownAnswer>({
    maxSize: knownAnswersBytes,
    maxEntrySize: MOST_OF_ONE,
    sizeCalculation: ({ dataText = '', reads }, key) =>
      BYTES_PER_ENTRY * (1 + reads.length) + bytesOf([key, dataText]) + bytesOf(reads.flatMap(textsIn)),
    dispose: (_answer, _key, reason) => {
      if (reason === 'evict') this.evicted++;
    },
  });
  private evicted = 0;

  constructor(private readonly telemetry: Telemetry) {}

  of(key: string): KnownAnswer | undefined {
    return this.known.get(key);
  }

  add(key: string, answer: Omit<KnownAnswer, 'reads'>, reads: readonly NotedRead[]): void {
    const { dataText = '', size } = answer;
    const isKept = this.known.has(key) && bytesOf([dataText]) <= LONGEST_TEXT;
    this.known.set(key, {
      dataText: isKept ? dataText : undefined,
      size,
      reads: reads.map((read) => ({ ...read, departments: [...read.departments] })),
    });
    const { calculatedSize: bytes } = this.known;
    this.telemetry.report({ kind: 'cache-filled', cache: 'answers', bytes, evicted: this.evicted });
    this.evicted = 0;
  }
}

/** A text with a Chinese character takes two bytes for each of its characters. */
const bytesOf = (texts: readonly string[]): number => texts.reduce((bytes, { length }) => bytes + 2 * length, 0);

const textsIn = ({ departments, fields }: KnownRead): readonly string[] => [...departments, ...fields];
