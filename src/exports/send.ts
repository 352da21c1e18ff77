import { finished, pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { abortedWith } from '../change-feed/aborted-with';
import { FeedServices } from '../change-feed/feed-services';
import { acceptsCoding } from '../http/accept';
import { BYTES_PER_POINT, CallerPoints, CPU_MS_PER_POINT } from '../http/caller-points';
import { varyBy } from '../http/compression';
import { callerOf } from '../http/identified';
import { OngoingOperation } from '../http/ongoing-operation';
import { limitExceeded, unwrap } from '../kernel/refusal';
import { Work } from '../reading/work';
import { stopping } from './stopping';

/** One piece of an answer: it is sent before the next one is made. */
export type Piece = string | Uint8Array;

export interface Answer {
  readonly contentType: string;
  /** Besides those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the answer shows is the ledger at this position. */
  readonly position: bigint;
  /** The names of what the answer has. */
  readonly fields: readonly string[];
  /** What has been done for the request. */
  readonly work: Work;
  /** Makes the answer. The signal aborts if nobody waits for it any more. */
  readonly pieces: (signal: AbortSignal) => AsyncIterable<Piece>;
  /** Called when the answer is over, or is not sent. */
  readonly over?: () => void;
}

/**
 * Sends an answer of any length as fast as the client takes it. If it cannot be finished, the connection is aborted. So an answer
 * that ends normally is complete.
 */
export function send(
  { quota, draining }: Pick<FeedServices, 'quota' | 'draining'>,
  ongoing: OngoingOperation,
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, headers, position, work, pieces, over: isOver }: Answer,
): FastifyReply {
  const { principal, points } = callerOf(request);
  const release = quota.acquire(principal.sub);
  if (typeof release === 'string') {
    isOver?.();
    return unwrap(limitExceeded(release, 'There are too many readers of the feed; close some first'));
  }
  const over = abortedWith(draining);
  const { signal } = over;
  const made = pieces(signal);
  const source = Readable.from(points === undefined ? made : charging(made, points, work), { objectMode: false });
  const stop = (): void => {
    if (draining.aborted) source.destroy(stopping());
  };
  signal.addEventListener('abort', stop, { once: true });
  finished(reply.raw, () => {
    over.abort();
    release();
    isOver?.();
    ongoing.end();
  });

  ongoing.type = 'export';
  varyBy(reply, 'Accept, Accept-Encoding');
  const zip = acceptsCoding(request.headers['accept-encoding'], 'gzip');
  reply.headers({
    ...headers,
    'content-type': contentType,
    'x-position': position.toString(),
    ...(zip ? { 'content-encoding': 'gzip' } : {}),
  });
  return reply.send(zip ? pipeline(source, createGzip(), noop) : source);
}

/**
 * Charges an answer as it is made, by its size or by the work that it took. It is not stopped: the next request is refused, if the
 * caller has no points left.
 */
async function* charging(pieces: AsyncIterable<Piece>, points: CallerPoints, work: Work): AsyncGenerator<Piece> {
  let charged = 0;
  for await (const piece of pieces) {
    const { cpuMs } = work.cost;
    points.charge(Math.max(Buffer.byteLength(piece) / BYTES_PER_POINT, (cpuMs - charged) / CPU_MS_PER_POINT));
    charged = cpuMs;
    yield piece;
  }
}

const noop = (): void => undefined;
