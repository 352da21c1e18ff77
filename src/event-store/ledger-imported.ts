import { z } from 'zod';
import { CorruptLedger } from '../kernel/outage';
import { StoredEvent } from './envelope';

/** The first event of a log that was imported. */
export const LEDGER_IMPORTED = 'LedgerImported';
/** The event after the last one that was imported. Nothing of the log is served before it is there. */
export const IMPORT_FINISHED = 'LedgerImportFinished';
export const IMPORT_VERSION = 1;

/** Both are in this stream, and nothing else is. */
export const importStream = (prefix: string): string => `${prefix}ledger-import`;

/** Before all events. Only `LedgerImported` has it. */
export const IMPORT_POSITION = 0n;

const NumberText = z.string().regex(/^(0|[1-9]\d{0,18})$/);

const Data = z.strictObject({
  /** The name of the old ledger in its checkpoints; left out if it was not signed. */
  origin: z.string().optional(),
  /** The size and the root of the old tree, which has the imported events. */
  treeSize: NumberText,
  rootHash: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** The newest signed note of the old tree, of this size or a smaller one; left out if it was not signed. */
  checkpoint: z.string().optional(),
  /** How many events were imported, and the position of the last one. */
  events: NumberText,
  position: NumberText,
  timeZone: z.string(),
  /** If the old log was imported, too: the form of its `LedgerImported`, which is the first leaf of the old tree. */
  first: z.string().optional(),
});

export type LedgerImported = z.infer<typeof Data>;

/** Throws `CorruptLedger`. */
export function readLedgerImported({ type, data, metadata: { schemaVersion } }: StoredEvent): LedgerImported {
  const read = Data.safeParse(data);
  if (type === LEDGER_IMPORTED && schemaVersion === IMPORT_VERSION && read.success) return read.data;
  throw new CorruptLedger(
    'The first event of this log says that it was imported, in a form that is unknown to this program',
  );
}
