import { AllStreamResolvedEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { connect, Connection } from './connection';
import { within } from './waiting';

export type ReadAllOptions = NonNullable<Parameters<KurrentDBClient['readAll']>[0]> & { readonly maxCount: number };

const FAILURES_OF_A_CONNECTION = 2;

/**
 * The client's own reads, for places only: they give the times of events in whole seconds. They go over a connection of their own,
 * which the client gives up for ever where it could not be made at first: then another client takes its place.
 */
export class BridgeReads {
  private client: KurrentDBClient;
  private failures = 0;

  constructor(private readonly connection: Connection) {
    this.client = connection.client;
  }

  /** `use` is given the events also where they come too late for the caller. */
  async read<T>(options: ReadAllOptions, use: (events: readonly AllStreamResolvedEvent[]) => T): Promise<T> {
    const { client } = this;
    try {
      const result = await within(this.connection, 'a question for the head', async () =>
        use(await collect(client, options)),
      );
      this.failures = 0;
      return result;
    } catch (error) {
      if (client === this.client && ++this.failures >= FAILURES_OF_A_CONNECTION) {
        this.client = connect(this.connection.url);
        this.failures = 0;
      }
      throw error;
    }
  }
}

async function collect(client: KurrentDBClient, options: ReadAllOptions): Promise<AllStreamResolvedEvent[]> {
  const events: AllStreamResolvedEvent[] = [];
  for await (const event of client.readAll({ ...options, requiresLeader: true })) events.push(event);
  return events;
}
