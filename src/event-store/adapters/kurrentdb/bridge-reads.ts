import { AllStreamResolvedEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { connect, Connection } from './connection';
import { within } from './waiting';

export type ReadAllOptions = NonNullable<Parameters<KurrentDBClient['readAll']>[0]> & { readonly maxCount: number };

const MAX_FAILURES = 2;

/**
 * The client's own reads. We use them for positions only, because they give times in whole seconds. They use a separate
 * connection, which the client never makes again if the first attempt failed: then we replace the client.
 */
export class BridgeReads {
  private client: KurrentDBClient;
  private failures = 0;

  constructor(private readonly connection: Connection) {
    this.client = connection.client;
  }

  /** `use` also receives events that come after the caller's time limit. */
  async read<T>(options: ReadAllOptions, use: (events: readonly AllStreamResolvedEvent[]) => T): Promise<T> {
    const { client } = this;
    try {
      const result = await within(this.connection, 'a read of the head', async () =>
        use(await collect(client, options)),
      );
      this.failures = 0;
      return result;
    } catch (error) {
      if (client === this.client && ++this.failures >= MAX_FAILURES) {
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
