import type { FastifyReply } from 'fastify';
import { varyBy } from './compression';
import { keepsAny, keptAs, KeptAnswers } from './entity-tags';

const OK = 200;
export const NOT_MODIFIED = 304;
/** No cache may share the answer, and none may use it before it has asked again. */
const ASK_AGAIN = 'private, no-cache';

/** A GET, and what is found out about its answer: whether it stays the same, and whether the client has it already. */
export class ConditionalRequest {
  private tag: string | undefined;
  private kept: string | undefined;

  constructor(
    private readonly headers: KeptAnswers,
    /** The media type of the answer. */
    readonly mediaType: string,
  ) {}

  /** Whether the client has kept any answer. */
  get isRevalidation(): boolean {
    return this.headers['if-none-match'] !== undefined;
  }

  /** Whether the client has the answer with this tag. */
  has(tag: string): boolean {
    return keptAs(quoted(tag), this.headers) !== undefined;
  }

  /** Notes that the answer stays the same, and its tag. */
  staysAs(tag: string): void {
    this.tag = quoted(tag);
    this.kept = keepsAny(this.headers) ? this.tag : keptAs(this.tag, this.headers);
  }

  get isLasting(): boolean {
    return this.tag !== undefined;
  }

  /** Whether nothing needs to be sent, because the client has the answer. */
  get isNotModified(): boolean {
    return this.kept !== undefined;
  }

  /** Writes the status and the headers that caches read. */
  describe(reply: FastifyReply): void {
    if (this.tag === undefined || reply.statusCode !== OK) return;
    varyBy(reply, 'accept, authorization');
    reply.headers({ etag: this.kept ?? this.tag, 'cache-control': ASK_AGAIN });
    if (this.isNotModified) reply.code(NOT_MODIFIED).removeHeader('content-type');
  }
}

const quoted = (tag: string): string => `"${tag}"`;
