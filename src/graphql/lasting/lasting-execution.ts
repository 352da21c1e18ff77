import { ConditionalRequest } from '../../http/conditional-request';
import { Signal, Telemetry } from '../../kernel/telemetry';
import { Answer, MeteredExecution } from '../execution/metered-execution';
import { AnswerTags, LastingRequest } from './answer-tags';
import { RememberedReads } from './remembered-reads';

const HIT: Signal = { kind: 'cache-asked', cache: 'answers', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'answers', found: false };

/**
 * Executes what is asked by GET. An answer that stays the same gets a tag. If the client has it already, it is not executed again: the
 * question is put on record as it was when it was executed. If this node does not know what that was, it executes it once more.
 */
export class LastingExecution {
  private readonly reads = new RememberedReads();

  constructor(
    private readonly execution: Pick<MeteredExecution, 'execute'>,
    private readonly tags: Pick<AnswerTags, 'tagOf'>,
    private readonly telemetry: Telemetry,
  ) {}

  async execute(request: LastingRequest, conditional: ConditionalRequest): Promise<Answer> {
    const { mediaType } = conditional;
    const tag = await this.tags.tagOf(request, mediaType);
    if (tag === undefined) return this.execution.execute(request);
    if (conditional.isRevalidation) {
      const isKnown = conditional.has(tag) && this.isRecorded(tag, request);
      this.telemetry.report(isKnown ? HIT : MISS);
      if (isKnown) {
        conditional.staysAs(tag);
        return { data: null, extensions: {} };
      }
    }
    const answer = await this.execution.execute(request);
    // While it was executed, other read models may have begun to serve.
    if (answer.errors !== undefined || (await this.tags.tagOf(request, mediaType)) !== tag) return answer;
    this.reads.remember(tag, request.contextValue.services.reads?.recorded ?? []);
    conditional.staysAs(tag);
    return answer;
  }

  /** Records the reads of an answer again; false if it is not known what was read. */
  private isRecorded(tag: string, { contextValue }: LastingRequest): boolean {
    const { reads } = contextValue.services;
    if (reads === undefined) return true;
    const known = this.reads.of(tag);
    if (known !== undefined) reads.repeat(known);
    return known !== undefined;
  }
}
