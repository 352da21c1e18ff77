import { randomUUID } from 'node:crypto';
import { jsonEvent, WrongExpectedVersionError } from '@kurrent/kurrentdb-client';
import { CorruptLedger } from '../../../kernel/outage';
import { Connection } from './connection';
import { within } from './waiting';

/** No stream is as long as that. */
const NO_REVISION = 1_000_000_000_000n;

/**
 * Sends an append that must be refused, because it expects events in a stream that has none. Its refusal shows that the leader
 * takes appends, and nothing is recorded.
 */
export function requireConflict(connection: Connection): Promise<void> {
  const { client, prefix, timeoutMs } = connection;
  return within(connection, 'an append that conflicts', async () => {
    const event = jsonEvent({ id: randomUUID(), type: 'probe', data: {} });
    const options = { streamState: NO_REVISION, requiresLeader: true, deadline: timeoutMs };
    try {
      const { success } = await client.appendToStream(`${prefix}probe`, event, options);
      if (success) throw new CorruptLedger(`Stream ${prefix}probe took an event that it had to refuse`);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
    }
  });
}
