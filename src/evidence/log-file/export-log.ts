import { endsCommand, StoredEvent } from '../../event-store/envelope';
import { EventStore } from '../../event-store/event-store';
import { IMPORT_POSITION } from '../../event-store/ledger-imported';
import { CorruptLedger, Outage } from '../../kernel/outage';
import { NoCanonicalForm } from '../canonical-form';
import { mismatch, rootOf } from '../compare-log';
import { eventForm, leafOfForm } from '../event-form';
import { KeptCheckpoint, KeptCheckpoints } from '../kept-checkpoint';
import { endAfter, orderOf, START } from '../log-order';
import { EMPTY_EDGE, GrowingTree } from '../tree/growing-tree';
import { endLine, headerLine, LogFileEnd, LogHeader } from './log-file';

export interface ExportOptions {
  /** With `LedgerImported`, if there is one. */
  readonly log: Pick<EventStore, 'readAll'>;
  /** The last event of the file. */
  readonly upTo: bigint;
  readonly header: Omit<LogHeader, 'checkpoint'>;
  readonly kept: Pick<KeptCheckpoints, 'newest' | 'upTo'>;
  readonly onProgress: (events: bigint, position: bigint) => void;
}

/**
 * The lines of the file, with their line breaks. Returns its end. Throws `LogMismatch` if the log is not the one that was signed, and
 * `Outage` if there is no event at `upTo` that ends a command.
 */
export async function* exportedLog(options: ExportOptions): AsyncGenerator<string, LogFileEnd> {
  const { log, upTo, kept, onProgress } = options;
  const checkpoint = newestUpTo(kept, upTo);
  yield headerLine({ ...options.header, ...(checkpoint === undefined ? {} : { checkpoint: checkpoint.note }) });
  const tree = new GrowingTree(EMPTY_EDGE, () => undefined);
  let end = START;
  let events = 0n;
  let last: StoredEvent | undefined;
  for await (const event of log.readAll(0n)) {
    if (event.position > upTo) break;
    end = endAfter(end, event);
    const form = formOf(event, end);
    tree.append(leafOfForm(form));
    yield `${form}\n`;
    last = event;
    if (event.position > IMPORT_POSITION) events += 1n;
    if (tree.size === checkpoint?.treeSize && !tree.rootHash.equals(rootOf(checkpoint))) {
      throw mismatch(`its first ${tree.size} events are not those that were signed`);
    }
    onProgress(events, event.position);
  }
  if (tree.size < (checkpoint?.treeSize ?? 0n))
    throw mismatch(`it ends at position ${end.position}, and more was signed`);
  if (last === undefined || events === 0n) throw new Outage('The ledger has no events, so there is nothing to export');
  if (!endsCommand(last)) {
    throw new Outage(
      `Position ${upTo} is inside a command of several events, which are moved together: name a later one`,
    );
  }
  const found = { events, position: last.position, treeSize: tree.size, rootHash: tree.rootHash };
  yield endLine(found);
  return found;
}

function formOf(event: StoredEvent, end: Parameters<typeof orderOf>[1]): string {
  try {
    return eventForm(event, orderOf(event, end));
  } catch (error) {
    if (!(error instanceof NoCanonicalForm || error instanceof RangeError)) throw error;
    throw new CorruptLedger(`The event at position ${event.position} is malformed`, { cause: error });
  }
}

function newestUpTo(kept: ExportOptions['kept'], position: bigint): KeptCheckpoint | undefined {
  let found = kept.newest;
  while (found !== undefined && found.position > position) found = kept.upTo(found.treeSize - 1n);
  return found?.treeSize === 0n ? undefined : found;
}
