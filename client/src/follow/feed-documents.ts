import {
  type ChangeFilter,
  type ChangesPageQuery,
  FEED_CHANGE_FIELDS,
  type FeedChangeFragment,
  type FeedMarkKind,
} from '../generated/api.ts';
import type { TypedDocument } from '../typed-document.ts';

/** A change as the feed gives it, unless a reader asks for other fields. */
export type Change = FeedChangeFragment;

/** Every change has these, whatever other fields are asked for. */
export interface FeedChange {
  readonly eventId: string;
  readonly position: string;
}

export interface FeedMark {
  readonly __typename: 'FeedMark';
  readonly kind: FeedMarkKind;
  readonly position: string;
}

export type FeedItem<C> = (C & { readonly __typename: 'Change' }) | FeedMark;

export interface Page<C> {
  readonly nodes: readonly C[];
  /** The log was read up to here, whatever matched. */
  readonly position: string;
  readonly pageInfo: Pick<NonNullable<ChangesPageQuery['changes']>['pageInfo'], 'hasNextPage'>;
}

export interface FeedVariables {
  readonly after: string;
  readonly filter?: ChangeFilter | null;
}

/** Two operations that select the same fields of a change: pages for what is on record, and a subscription for what follows. */
export interface FeedDocuments<C> {
  readonly page: TypedDocument<{ readonly changes: Page<C> | null }, FeedVariables & { readonly first: number }>;
  readonly live: TypedDocument<{ readonly changes: FeedItem<C> }, FeedVariables>;
}

/**
 * The operations for a selection of fields, such as `type department fields { path before after }`. `eventId` and `position` are
 * always selected. C is the type of the selection. If the server takes only trusted documents, list these two texts there.
 */
export const feedDocuments = <C extends FeedChange = Change>(
  fields: string = FEED_CHANGE_FIELDS,
): FeedDocuments<C> => ({
  page: `query ChangesPage($after: Position, $filter: ChangeFilter, $first: Int!) {
  changes(after: $after, filter: $filter, first: $first) {
    position
    nodes { eventId position ${fields} }
    pageInfo { hasNextPage }
  }
}`,
  live: `subscription Changes($after: Position, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    __typename
    ... on Change { eventId position ${fields} }
    ... on FeedMark { kind position }
  }
}`,
});
