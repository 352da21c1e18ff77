import type { MingjianError } from '../failure.ts';

/** What a reader may want to show or log of its connection. */
export type FollowState =
  /** It reads what was on record before. */
  | { readonly kind: 'BACKFILLING'; readonly position: string }
  /** It has everything that was on record; what follows is new. */
  | { readonly kind: 'LIVE'; readonly position: string }
  /** The feed ended. It is tried again by itself after `ms`, after the last committed position. */
  | { readonly kind: 'WAITING'; readonly error: MingjianError; readonly ms: number };
