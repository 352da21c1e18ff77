/** China has had one time zone without summer time since 1991; the oracle asks about no day before. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

export const startOfDay = (date: string): number => Date.parse(`${date}T00:00:00.000Z`) - SHANGHAI_AHEAD_MS;

export const dayOf = (instant: number): string => new Date(instant + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10);

export const printed = (instant: number): string => new Date(instant).toISOString();
