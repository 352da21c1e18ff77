import { AttemptOutcome } from '../attempt';

/** What is sent to a receiver. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type PostResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** How long the receiver asks to be left alone; 0 if it does not. Not bounded. */
      readonly retryAfterMs: number;
    }
  | {
      readonly kind: 'failed';
      readonly outcome: Exclude<AttemptOutcome, 'DELIVERED' | 'REFUSED' | 'SECRET_MISSING'>;
    };

/**
 * Sends a POST and gives the status of the answer, and what it says of the next one. It connects only to public addresses, follows no
 * redirect and takes a bounded time. Rejects only if the signal aborts.
 */
export type SendPost = (post: Post, signal: AbortSignal) => Promise<PostResult>;
