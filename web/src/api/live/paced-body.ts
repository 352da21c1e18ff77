import { nextFrame } from './next-frame';

/** How long the page may read a stream before it draws a frame. */
const MS_PER_FRAME = 4;
/** About a millisecond of reading. */
const PIECE_BYTES = 16_384;

interface Options {
  /** Called with each part that arrives, also with one that holds only a sign of life. */
  readonly onPart: () => void;
  readonly now?: () => number;
  readonly pause?: () => Promise<void>;
}

/**
 * The same bytes, read between frames: while more comes than the page can take, the server waits. So a long history never blocks the
 * page.
 */
export function pacedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { onPart, now = () => performance.now(), pause = nextFrame }: Options,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let pausedAt = now();
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      async transform(part, controller) {
        onPart();
        for (let from = 0; from < part.length; from += PIECE_BYTES) {
          if (now() - pausedAt > MS_PER_FRAME) {
            await pause();
            pausedAt = now();
          }
          controller.enqueue(part.subarray(from, from + PIECE_BYTES));
        }
      },
    }),
  );
}
