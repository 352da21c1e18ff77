export {
  type AsOf,
  asEffectiveAt,
  asKnownAt,
  atPosition,
  isPinned,
  type Moment,
  NOW,
  pinned,
  type Snapshot,
} from './as-of.ts';
export { ask, type AskOptions } from './ask.ts';
export { isLasting, type ParsedDocument } from './cache/lasting.ts';
export { MingjianError, UNREACHABLE } from './failure.ts';
export { type CursorMove, CursorMovedError, type CursorStore } from './follow/cursor-store.ts';
export {
  type Change,
  type FeedChange,
  type FeedDocuments,
  feedDocuments,
  type FeedItem,
  type FeedMark,
} from './follow/feed-documents.ts';
export { follow, type FollowOptions } from './follow/follow.ts';
export type { FollowState } from './follow/state.ts';
export type { AsOfInput, ChangeFilter, EntityType, FeedMarkKind } from './generated/api.ts';
export { pin } from './pin.ts';
export type { Server } from './server.ts';
export type { TypedDocument } from './typed-document.ts';
