import DataLoader from 'dataloader';
import { Interval, KnownIntervals } from '../../known-intervals';
import { DocumentKey, Version } from '../../temporal-store';
import { byShard, Question } from './by-shard';
import { readStates } from './codec';
import { Client } from './connection';
import { translating } from './driver-errors';
import { ServingVersion } from './serving-version';

/** Limits how long one script blocks the server. */
export const QUESTIONS_PER_SCRIPT = 500;

/** undefined: there is no document yet. */
type KnownState = Interval<Version | undefined>;

/** The versions of documents, without their changes. The server is asked only for those that are not known here. */
export class DocumentStates {
  private readonly loader: DataLoader<Question, KnownState | undefined>;

  constructor(
    private readonly client: Client,
    private readonly serving: ServingVersion,
    private readonly known: KnownIntervals<Version | undefined>,
  ) {
    this.loader = new DataLoader((questions) => this.read(questions), {
      cache: false,
      batchScheduleFn: (send) => void setImmediate(send),
      maxBatchSize: QUESTIONS_PER_SCRIPT,
    });
  }

  /** The versions in force at `at`, one for each key. */
  async at(keys: readonly DocumentKey[], at: bigint): Promise<readonly (Version | undefined)[]> {
    const found = keys.map((key): KnownState | undefined => this.known.at(key, at));
    const missing = [...found.keys()].filter((index) => found[index] === undefined);
    if (missing.length > 0) {
      const answers = await this.ask(missing.map((index) => ({ of: keys[index] as DocumentKey, at })));
      missing.forEach((index, nth) => (found[index] = answers[nth]));
    }
    return found.map((state) => state?.value);
  }

  private ask(questions: readonly Question[]): Promise<readonly (KnownState | undefined)[]> {
    // A page is large enough for a call of its own.
    const isPage = questions.length > 1 && questions.length <= QUESTIONS_PER_SCRIPT;
    return isPage ? this.read(questions) : Promise.all(questions.map((question) => this.loader.load(question)));
  }

  private async read(questions: readonly Question[]): Promise<(KnownState | undefined)[]> {
    const keys = await this.serving.keys();
    const required = (at: bigint): string => this.serving.required(at);
    const states = await byShard({ keys, questions, required }, async ({ call }) =>
      readStates(await translating(this.client.mjStates(...call))),
    );
    if (this.serving.current === keys) {
      questions.forEach(({ of }, index) => {
        const state = states[index];
        if (state !== undefined) this.known.add(of, state);
      });
    }
    return states;
  }
}
