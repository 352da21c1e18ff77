import { describeDocuments } from './contract/documents';
import { TemporalStoreAdapter, TemporalStoreHarness } from './contract/harness';
import { describeLargePositions } from './contract/large-positions';
import { describeLog } from './contract/log';
import { describeMembers } from './contract/members';
import { describeModel } from './contract/model';
import { describeServing } from './contract/serving';
import { describeWriting } from './contract/writing';

/** Defines the port `TemporalStore`: every adapter runs it unchanged. */
export function describeTemporalStore(name: string, adapter: TemporalStoreAdapter): void {
  describe(`TemporalStore: ${name}`, () => {
    describe('one store', () => {
      let harness: TemporalStoreHarness;

      beforeEach(async () => {
        harness = await adapter.makeHarness();
      });
      afterEach(() => harness.dispose());

      describeWriting(() => harness);
      describe('documents', () => {
        describeDocuments(() => harness);
      });
      describeMembers(() => harness);
      describe('the log', () => {
        describeLog(() => harness);
      });
      describe('readers', () => {
        describeServing(() => harness, adapter.durable);
      });
      describeLargePositions(() => harness);
    });

    describeModel(adapter);
  });
}
