import { ConditionalRequest } from '../../http/conditional-request';
import { andThen, Awaitable } from '../../kernel/async';
import { Signal, Telemetry } from '../../kernel/telemetry';
import { Answer, MeteredExecution } from '../execution/metered-execution';
import { AnswerKey, LastingRequest } from './answer-keys';
import { AnswerTags } from './answer-tags';
import { KnownAnswer, KnownAnswers } from './known-answers';

const HIT: Signal = { kind: 'cache-asked', cache: 'answers', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'answers', found: false };
const NOTHING_TO_SEND: Answer = { data: null, extensions: {} };

interface Asked {
  readonly request: LastingRequest;
  readonly answerKey: Pick<AnswerKey, 'now'>;
  /** What `answerKey` made when the request came. */
  readonly key: string;
}

/** Finds the key of an answer; undefined if the answer may change. */
interface Keys {
  of(request: LastingRequest): Pick<AnswerKey, 'now'> | undefined;
}

/**
 * Executes operations, but not again what stays the same. If this node knows the text of such an answer, it sends that text. By GET, the answer has a
 * tag, and a client that has kept the answer gets it confirmed. The caller pays the same, and the same reads are put on record: if this node
 * does not know them, it executes the operation once more.
 */
export class LastingExecution {
  private readonly known: KnownAnswers;

  constructor(
    private readonly execution: Pick<MeteredExecution, 'execute' | 'repeat'>,
    private readonly keys: Keys,
    private readonly tags: Pick<AnswerTags, 'of'>,
    private readonly telemetry: Telemetry,
  ) {
    this.known = new KnownAnswers(telemetry);
  }

  /** `conditional`: of a client that may keep the answer. */
  execute(request: LastingRequest, conditional?: ConditionalRequest): Awaitable<Answer> {
    // With read models in Redis, the server has to ask Redis for each key, which takes longer than most answers.
    if (conditional === undefined && !request.contextValue.services.store.synchronous)
      return this.execution.execute(request);
    const answerKey = this.keys.of(request);
    if (answerKey === undefined) return this.execution.execute(request);
    return andThen(answerKey.now(), (key) =>
      key === undefined ? this.execution.execute(request) : this.answer({ request, answerKey, key }, conditional),
    );
  }

  private answer(asked: Asked, conditional?: ConditionalRequest): Awaitable<Answer> {
    const { request, key } = asked;
    const { services } = request.contextValue;
    const known = this.known.of(key);
    const tag = conditional && this.tags.of(key, services.edition, conditional.mediaType);
    const stays = (): void => {
      if (tag !== undefined) conditional?.staysAs(tag);
    };
    const isUnrecorded = known === undefined && services.reads !== undefined;
    if (tag !== undefined && conditional?.has(tag)) {
      return isUnrecorded ? this.make(asked, stays) : this.find(request, known, stays, NOTHING_TO_SEND);
    }
    if (known?.dataText === undefined) return this.make(asked, stays);
    return this.find(request, known, stays, this.execution.repeat(request, known.dataText, known.size));
  }

  /** Nothing is made: the answer is known, or the client has it. */
  private find(request: LastingRequest, known: KnownAnswer | undefined, stays: () => void, answer: Answer): Answer {
    this.telemetry.report(HIT);
    if (known !== undefined) request.contextValue.services.reads?.repeat(known.reads);
    stays();
    return answer;
  }

  private make({ request, answerKey, key }: Asked, stays: () => void): Awaitable<Answer> {
    this.telemetry.report(MISS);
    return andThen(this.execution.execute(request), (answer) => {
      if (answer.errors !== undefined) return answer;
      // While it was made, other read models may have begun to serve.
      return andThen(answerKey.now(), (now) => {
        if (now !== key) return answer;
        const { work, services } = request.contextValue;
        this.known.add(key, { dataText: answer.dataText, size: work.cost }, services.reads?.recorded ?? []);
        stays();
        return answer;
      });
    });
  }
}
