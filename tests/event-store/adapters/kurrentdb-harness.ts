import { randomUUID } from 'node:crypto';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { openKurrentEventStore } from '../../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { KurrentStandIn } from '../../support/kurrentdb/stand-in';
import { temporaryFolder } from '../../support/temporary-folder';
import { EventStoreHarness } from '../contract/harness';

/** Over the stand-in. A restart starts it again over the same folder. */
export async function makeStandInHarness(): Promise<EventStoreHarness> {
  const folder = temporaryFolder();
  const prefix = 'mingjian-';
  let server = await KurrentStandIn.start({ folder: folder.path });
  const open = () => openKurrentEventStore({ url: server.url, prefix });
  let store = open();
  const close = async (): Promise<void> => {
    await store.close();
    await server.stop();
  };
  return {
    prefix,
    get store() {
      return store;
    },
    async restart() {
      await close();
      server = await KurrentStandIn.start({ folder: folder.path });
      store = open();
    },
    async appendForeign() {
      await appendForeign(server.url);
    },
    async dispose() {
      await close();
      folder.remove();
    },
  };
}

/** Over a real server, in streams that no other test uses. */
export function makeServerHarness(url: string): Promise<EventStoreHarness> {
  const prefix = `mingjian-test-${randomUUID()}-`;
  const open = () => openKurrentEventStore({ url, prefix });
  let store = open();
  return Promise.resolve({
    prefix,
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = open();
    },
    async appendForeign() {
      await appendForeign(url);
    },
    async dispose() {
      await store.close();
    },
  });
}

/** Writes to a stream of another program, and to the metadata of that stream, which the server keeps in a separate stream. */
async function appendForeign(url: string): Promise<void> {
  const client = KurrentDBClient.connectionString(url);
  const stream = `else-${randomUUID()}`;
  await client.appendToStream(stream, jsonEvent({ type: 'SomethingElse', data: {} }));
  await client.appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data: { $maxCount: 10 } }));
  await client.dispose();
}
