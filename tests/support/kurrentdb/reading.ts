import { randomUUID } from 'node:crypto';
import { ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { LogRecord, StandInLog } from './log';
import {
  caughtUp,
  checkpoint,
  confirmation,
  eventResponse,
  fellBehind,
  invalidPosition,
  Place,
  streamDeleted,
  streamNotFound,
} from './messages';
import { isWanted, ReadRequest } from './read-request';

/** A response, or its bytes: those of an event are encoded once. */
export type Response = ReadResp | Uint8Array;

/** If a live subscriber is this many events behind, further events are not buffered: it catches up again. */
const LIVE_BUFFER = 32;

const serialized = new WeakMap<LogRecord, Uint8Array>();

function ofEvent(record: LogRecord, { structuredIds }: ReadRequest): Uint8Array {
  if (structuredIds) return eventResponse(record, true).serializeBinary();
  const known = serialized.get(record);
  if (known) return known;
  const bytes = eventResponse(record, false).serializeBinary();
  serialized.set(record, bytes);
  return bytes;
}

/** Like the server's enumerators. Throws the status with which the call ends. */
export function responsesTo(
  request: ReadRequest,
  log: StandInLog,
  signal: AbortSignal,
): AsyncGenerator<Response, void> {
  if (request.stream !== undefined && log.deleted.has(request.stream)) return refuse(request.stream);
  return request.subscription ? subscription(request, log, signal) : page(request, log);
}

// oxlint-disable-next-line typescript/require-await -- answers are a stream, also if nothing is waited for
async function* refuse(stream: string): AsyncGenerator<Response, void> {
  throw streamDeleted(stream);
}

// oxlint-disable-next-line typescript/require-await -- answers are a stream, also if nothing is waited for
async function* page(request: ReadRequest, log: StandInLog): AsyncGenerator<Response, void> {
  const { stream, backwards } = request;
  const records = stream === undefined ? log.records : log.streamOf(stream);
  if (stream !== undefined && records.length === 0) {
    yield streamNotFound(stream);
    return;
  }
  const { from } = request;
  // The server reads a record's length at that position, and finds none.
  if (
    !backwards &&
    typeof from === 'object' &&
    from.commit < (records.at(-1)?.commit ?? 0n) &&
    indexOf(from.commit, records) === undefined
  )
    throw invalidPosition();
  let left = request.count;
  for (let index = backwards ? records.length - 1 : 0; left > 0; index += backwards ? -1 : 1) {
    const record = records[index];
    if (!record) return;
    if (!isWithin(request, record) || !isWanted(request, record)) continue;
    left--;
    yield ofEvent(record, request);
  }
}

/** A forward read begins with the record at its position, a backward read with the one before it. */
function isWithin({ from, backwards }: ReadRequest, { commit, revision }: LogRecord): boolean {
  if (typeof from === 'string') return backwards ? from === 'end' : from === 'start';
  if (typeof from === 'bigint') return backwards ? revision <= from : revision >= from;
  return backwards ? commit < from.commit : commit >= from.commit;
}

async function* subscription(
  request: ReadRequest,
  log: StandInLog,
  signal: AbortSignal,
): AsyncGenerator<Response, void> {
  yield confirmation(randomUUID());
  const { stream, from, prefixes } = request;
  const records = (): readonly LogRecord[] => (stream === undefined ? log.records : log.streamOf(stream));
  const isNew = laterThan(from);
  let next = firstIndex(from, records());
  let seen: Place | undefined;
  let considered = 0;
  let live = false;

  while (!signal.aborted) {
    const waiting = records().length - next;
    if (waiting === 0) {
      if (!live) {
        live = true;
        if (prefixes && seen) yield checkpoint(seen);
        yield caughtUp();
      }
      // Checked again only after everything was sent, because more events may have come.
      if (records().length === next) await log.news.wait({ signal });
      continue;
    }
    if (live && waiting > LIVE_BUFFER) {
      live = false;
      yield fellBehind();
    }
    const record = records()[next++]!;
    if (!isNew(record) || record.revision < (log.truncatedBefore.get(record.stream) ?? 0n)) continue;
    seen = record;
    considered++;
    if (isWanted(request, record)) yield ofEvent(record, request);
    if (prefixes && considered >= request.checkpointInterval) {
      considered = 0;
      yield checkpoint(record);
    }
  }
}

function firstIndex(from: ReadRequest['from'], records: readonly LogRecord[]): number {
  if (from === 'start') return 0;
  if (from === 'end') return records.length;
  if (typeof from === 'bigint') return Math.min(Number(from) + 1, records.length);
  const last = records.at(-1);
  if (!last || from.commit > last.commit) return records.length;
  const index = indexOf(from.commit, records);
  // The server reads a record's length at that position, and finds none.
  if (index === undefined) throw invalidPosition();
  return index + 1;
}

function indexOf(commit: bigint, records: readonly LogRecord[]): number | undefined {
  let [low, high] = [0, records.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = records[middle]!.commit;
    if (found === commit) return middle;
    if (found < commit) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** A subscriber may start at a position that the log has not reached yet. */
const laterThan =
  (from: ReadRequest['from']) =>
  ({ commit, revision }: LogRecord): boolean =>
    typeof from === 'string' || (typeof from === 'bigint' ? revision > from : commit > from.commit);
