import { describeAppending } from './contract/appending';
import { describeClosing } from './contract/closing';
import { EventStoreHarness, MakeHarness } from './contract/harness';
import { describeReading } from './contract/reading';
import { describeSubscribing } from './contract/subscribing';
import { describeWritable } from './contract/writable';

/** Defines the port `EventStore`: every adapter runs it unchanged. */
export function describeEventStore(name: string, makeHarness: MakeHarness): void {
  describe(`EventStore: ${name}`, () => {
    let harness: EventStoreHarness;

    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness.dispose());

    describeAppending(() => harness);
    describeReading(() => harness);
    describeSubscribing(() => harness, makeHarness);
    describeWritable(() => harness);
    describeClosing(() => harness);
  });
}
