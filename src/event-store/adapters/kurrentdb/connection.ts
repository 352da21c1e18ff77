import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { Patience } from './waiting';

/** What every part of the adapter works with. */
export interface Connection extends Patience {
  readonly url: string;
  readonly client: KurrentDBClient;
  readonly prefix: string;
}

export function connect(url: string): KurrentDBClient {
  try {
    return KurrentDBClient.connectionString(url);
  } catch (error) {
    // The client's error carries the whole connection string, password included, and quotes from it.
    const reason = (error instanceof Error ? error.message : String(error))
      .replace(/^Unexpected ".*" at/s, 'unexpected at')
      .replaceAll(url, 'it cannot be read');
    throw new TypeError(`The event store's connection string: ${reason}`);
  }
}
