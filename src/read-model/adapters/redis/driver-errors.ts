import { LostReadModels, Outage, ReadModelBehind } from '../../../kernel/outage';

/**
 * What the errors of ioredis and Redis mean, by how their messages begin. Anything else is a bug of ours and is not translated.
 */
const MEANINGS: readonly (readonly [beginning: RegExp, meaning: (cause: Error) => Error])[] = [
  [/^BEHIND /, (cause) => new ReadModelBehind('The read models are being built', { cause })],
  // If somebody overwrote a key with another type, its data is lost.
  [/^LOST |\bWRONGTYPE /, (cause) => new LostReadModels('The read models have lost a part of their data', { cause })],
  [/^MOVED |^ASK /, outage('this server belongs to a cluster: REDIS_URL must begin with redis+cluster://')],
  [/^(NOAUTH|WRONGPASS|NOPERM) /, outage('it refuses the credentials or the permissions')],
  [/^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|READONLY|NOREPLICAS|BUSY|MISCONF) /, outage('it is not ready')],
  [/^OOM /, outage('it is out of memory')],
  [/^Command timed out|^Socket timeout/, outage('it did not answer in time')],
  [
    /^(Connection is closed|Stream isn't writeable|Reached the max retries|None of startup nodes|Failed to refresh slots|Cluster isn't ready|All sentinels are unreachable|Connection ended|connect (ECONN|ETIMEDOUT)|read ECONN|write E|getaddrinfo )/,
    outage('it cannot be reached'),
  ],
  [/^(Cluster is ended|Too many Cluster redirections)/, outage('it cannot be reached')],
];

function outage(text: string): (cause: Error) => Error {
  return (cause) => new Outage(`Redis: ${text} (${cause.message})`, { cause });
}

export async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translated(error);
  }
}

export function translated(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return MEANINGS.find(([beginning]) => beginning.test(error.message))?.[1](error) ?? error;
}
