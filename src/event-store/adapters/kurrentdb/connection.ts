import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { CallLimits } from './waiting';

export interface Connection extends CallLimits {
  readonly url: string;
  readonly client: KurrentDBClient;
  readonly prefix: string;
}

export function connect(url: string): KurrentDBClient {
  try {
    return KurrentDBClient.connectionString(url);
  } catch (error) {
    // The client's error quotes from the connection string, which contains the password.
    const reason = (error instanceof Error ? error.message : String(error))
      .replace(/^Unexpected ".*" at/s, 'unexpected at')
      .replaceAll(url, 'it is not valid');
    throw new TypeError(`The event store's connection string: ${reason}`);
  }
}
