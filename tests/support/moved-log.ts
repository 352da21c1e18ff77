import { features } from '../../src/app/features';
import { upcaster } from '../../src/event-store/event-types';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { exportedLog, ExportOptions } from '../../src/evidence/log-file/export-log';
import { importLog, ImportOptions, ImportResult } from '../../src/evidence/log-file/import-log';
import { LOG_FORMAT } from '../../src/evidence/log-file/log-file';
import { systemClock } from '../../src/kernel/time';
import { STREAM_PREFIX, TIME_ZONE } from './ledger';
import { testStreams } from './streams';

/** The lines of the file of a log, without their line breaks. */
export async function exportedLines(
  log: Pick<EventStore, 'readAll' | 'head'>,
  options: Partial<ExportOptions> = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  const texts = exportedLog({
    log,
    upTo: await log.head(),
    header: { format: LOG_FORMAT, streamPrefix: STREAM_PREFIX, timeZone: TIME_ZONE },
    kept: { newest: undefined, upTo: () => undefined },
    onProgress: () => undefined,
    ...options,
  });
  for await (const text of texts) lines.push(text.slice(0, -1));
  return lines;
}

export const importLines = (
  store: EventStore,
  lines: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> =>
  importLog({
    lines: () => each(lines),
    store,
    prefix: STREAM_PREFIX,
    timeZone: TIME_ZONE,
    origin: undefined,
    requireKnown,
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });

const upcast = upcaster(features.eventTypes);

function requireKnown(event: StoredEvent): void {
  testStreams.entityOf(event.stream);
  upcast(event);
}

async function* each(lines: readonly string[]): AsyncGenerator<string, void> {
  for (const line of lines) yield await Promise.resolve(line);
}
