import { EventStore } from '../../event-store/event-store';
import { WriteWatch } from '../../event-store/write-watch';
import { TemporalStore } from '../../read-model/temporal-store';
import { LedgerReader } from '../../reading/ledger-reader';
import { Check } from './bounded-check';
import { Progress } from './progress';

export interface CheckedLedger {
  readonly log: Pick<EventStore, 'head'>;
  readonly writes: Pick<WriteWatch, 'requireWriting'>;
  readonly reader: Pick<LedgerReader, 'projected'>;
  readonly readModels: Pick<TemporalStore, 'requireWritable'>;
  /** Why the projector gave up; undefined while it works. */
  readonly failure: () => Error | undefined;
}

export interface LedgerChecks {
  readonly writing: Check;
  readonly reading: Check;
}

export const BUILDING = 'the read models are being built';

/** Whether a ledger can be written and read. */
export function ledgerChecks({ log, writes, reader, readModels, failure }: CheckedLedger): LedgerChecks {
  const progress = new Progress();
  return {
    writing: async () => {
      progress.target(await log.head());
      await writes.requireWriting();
      return undefined;
    },
    reading: async () => {
      if (failure() !== undefined) return 'the projector has stopped';
      const point = await reader.projected();
      if (point === undefined) return BUILDING;
      // Before the head is read again: the watermark may have moved past the one that was read last.
      const isStuck = progress.isStuckAt(point.position);
      // What is recorded from now on could not be read.
      await readModels.requireWritable();
      return isStuck ? 'the read models do not follow the log' : undefined;
    },
  };
}
