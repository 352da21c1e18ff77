import { openKurrentEventStore } from '../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { LogOptions } from './kurrentdb/log';
import { KurrentStandIn } from './kurrentdb/stand-in';
import { temporaryFolder } from './temporary-folder';

/** A stand-in over a separate folder, until the end of the test. */
export async function startStandIn(
  onEnd: (cleanUp: () => unknown) => void,
  options: Omit<LogOptions, 'folder'> = {},
): Promise<KurrentStandIn> {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const standIn = await KurrentStandIn.start({ folder: folder.path, ...options });
  onEnd(() => standIn.stop());
  return standIn;
}

/** With shorter timeouts than in service. */
export const openLog = (url: string): EventStore =>
  openKurrentEventStore({
    url,
    prefix: 'mingjian-',
    timeoutMs: 1_000,
    watchdogMs: 200,
    backOffMs: { first: 20, most: 200 },
  });
