/** A date of the ledger's time zone, `2023-06-30`, or an instant with its zone, `2023-06-30T12:00:00+08:00`. A `Date` is an instant. */
export type Moment = string | Date;

/**
 * A moment of both clocks: what the API takes as `AsOfInput`. `{}` is now. With `knownAt` or `position` only what was on record then
 * counts, with `effectiveAt` only facts that were effective then. A date means its end.
 */
export interface AsOf {
  readonly position?: string;
  readonly knownAt?: string;
  readonly effectiveAt?: string;
}

/** The present, on both clocks. */
export const NOW: AsOf = {};

/** What was on record at a moment, and of that what was effective at another one. Without `effective`: all that was on record. */
export const asKnownAt = (known: Moment, effective?: Moment): AsOf => ({
  knownAt: momentText(known),
  ...effectiveFrom(effective),
});

/** What was effective at a moment, as we know it now. It may lie in the future. */
export const asEffectiveAt = (effective: Moment): AsOf => ({ effectiveAt: momentText(effective) });

/** What was on record at a position: of a change, a write or a snapshot. */
export const atPosition = (position: string | bigint, effective?: Moment): AsOf => ({
  position: positionText(position),
  ...effectiveFrom(effective),
});

/** What a query has to select on `asOf` for `pinned`. */
export interface Snapshot {
  readonly position: string;
  readonly effectiveAt?: string | null;
}

/**
 * The snapshot that was answered, by its position: ask everything else with it, and all answers belong together for ever. What depends
 * on the requested moment itself (`knownAt`, `overdue` without `on`, series on the known clock) follows the recordedAt of the position.
 */
export const pinned = ({ position, effectiveAt }: Snapshot): AsOf => atPosition(position, effectiveAt ?? undefined);

/** Whether the facts on record are fixed for ever. A time is not enough: today's date means now, and moves on. */
export const isPinned = ({ position }: AsOf): boolean => position !== undefined;

const effectiveFrom = (effective: Moment | undefined): AsOf =>
  effective === undefined ? {} : { effectiveAt: momentText(effective) };

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Throws RangeError for a time without a zone, which would mean another instant on each machine. */
export function momentText(moment: Moment): string {
  if (typeof moment !== 'string') return moment.toISOString();
  if (!MOMENT.test(moment)) throw new RangeError(`Not a date, and not an instant with its zone: ${moment}`);
  return moment;
}

const positionText = (position: string | bigint): string => {
  const text = String(position);
  if (!isPosition(text)) throw new RangeError(`Not a position: ${text}`);
  return text;
};

export const isPosition = (text: string): boolean => /^\d{1,20}$/.test(text);

/** Whether one position is behind another in the log. Positions have up to 64 bits, more than a number holds. */
export const isAfter = (position: string, other: string): boolean => BigInt(position) > BigInt(other);
