/**
 * The beginning of the streams of the record of webhooks: `mingjian.webhooks-`. No stream of any ledger begins so, because a prefix of
 * a ledger has letters and digits up to its dash.
 */
export const webhooksPrefix = (streamPrefix: string): string => `${streamPrefix.replace(/-$/, '')}.webhooks-`;

/** One stream for all webhooks: whoever changes one sees all that happened before. */
export const webhooksStream = (prefix: string): string => `${prefix}all`;
