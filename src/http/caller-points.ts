/** The points of one caller, for what comes after its request was let in. */
export interface CallerPoints {
  /** Throws `HttpRefusal` if the caller has no points left. */
  take(points: number): Promise<void>;
  /** Also what the caller does not have: then its next request is refused. */
  charge(points: number): void;
}

/** So many bytes of an answer cost one point. */
export const BYTES_PER_POINT = 100_000;
/** What a request costs before anything of it is known. */
export const REQUEST_POINTS = 1;
/** What an item of a subscription costs. */
export const ITEM_POINTS = 0.01;
