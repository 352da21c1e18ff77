import { IncomingMessage } from 'node:http';
import { andThen } from '../kernel/async';
import { LimitName } from '../kernel/limits';
import { longWork, Worker } from '../kernel/turns';
import { entrance } from './entrance';
import { ReceivedBytes } from './received-bytes';
import { HttpRefusal } from './refusal';

/** A smaller body is read without a pause. */
const LARGE_BYTES = 65_536;

export interface BodyLimits {
  readonly maxBytes: number;
  readonly received: ReceivedBytes;
  /** The name of `maxBytes`; by default `maxRequestBytes`. */
  readonly limit?: LimitName;
}

/** A body as it arrived. */
export type Body = readonly Buffer[];

export const bytesIn = (body: Body): number => body.reduce((bytes, { length }) => bytes + length, 0);

/** Reads a body that its sender may send. What it holds of it is counted for the principal. */
export function readBody(
  request: IncomingMessage,
  principal: string,
  { maxBytes, received, limit = 'maxRequestBytes' }: BodyLimits,
  done: (error: Error | null, body?: Body) => void,
): void {
  const parts: Buffer[] = [];
  const reader: Worker = { owner: principal, requireGoing: () => undefined, took: () => undefined };
  let bytes = 0;
  let counted = 0;
  let hasEnded = false;
  let isOver = false;
  const finish = (error: Error | null, body?: Body): void => {
    if (isOver) return;
    isOver = true;
    // A body that has ended sends no more events but `close`.
    if (error !== null) request.off('data', onData).off('end', onEnd).off('error', onBroken);
    received.remove(principal, counted);
    done(error, body);
  };
  const onData = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > maxBytes) {
      finish(tooLong(limit));
      return;
    }
    try {
      counted += received.add(principal, part.length);
      parts.push(part);
    } catch (error) {
      finish(error as Error);
      return;
    }
    if (bytes > LARGE_BYTES) readInTurn();
  };
  /** Node would read megabytes of each body that has arrived, all in one turn. */
  const readInTurn = (): void => {
    const turn = longWork.pass(reader);
    if (turn === undefined) return;
    request.pause();
    void turn.then(() => request.resume());
  };
  const onEnd = (): void => {
    hasEnded = true;
    // Bodies arrive together, too.
    void andThen(entrance.enter(principal, bytes), () => {
      finish(null, parts);
    });
  };
  const onBroken = (): void => {
    // Every request is closed in the end. The stack of an error is costly.
    if (isOver || hasEnded) return;
    finish(new HttpRefusal('BAD_USER_INPUT', 'The client did not send all of the request'));
  };
  if (Number(request.headers['content-length']) > maxBytes) finish(tooLong(limit));
  else request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
}

function tooLong(limit: LimitName): HttpRefusal {
  return new HttpRefusal('CONTENT_TOO_LARGE', 'The request has too many bytes', {}, { limit });
}
