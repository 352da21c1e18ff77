import { LocalDate } from '../kernel/time';

/**
 * The beginning of the streams of the record: `mingjian.reads-`. No stream of any ledger begins so, because a prefix of a ledger has
 * letters and digits up to its dash.
 */
export const readsPrefix = (streamPrefix: string): string => `${streamPrefix.replace(/-$/, '')}.reads-`;

/** The stream of a day in the time zone of the ledger. */
export const streamOfDay = (prefix: string, day: LocalDate): string => `${prefix}${day}`;

export const dayOfStream = (prefix: string, stream: string): LocalDate => stream.slice(prefix.length);
