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

/** It notices silence sooner than in service. It waits for answers as long as there: a busy machine is no outage. */
export const openLog = (url: string): EventStore =>
  openKurrentEventStore({
    url,
    prefix: 'mingjian-',
    watchdogMs: 200,
    backOffMs: { first: 20, most: 200 },
  });
