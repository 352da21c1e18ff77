import { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { LogRecord } from './log';
import { nameOf, Place } from './messages';

/** What a client requests, in a form that a test can check. */
export interface ReadRequest {
  /** undefined: all of them. */
  readonly stream: string | undefined;
  readonly from: 'start' | 'end' | bigint | Place;
  readonly subscription: boolean;
  readonly backwards: boolean;
  readonly count: number;
  readonly prefixes: readonly string[] | undefined;
  /** After this many considered events, the client gets a checkpoint. */
  readonly checkpointInterval: number;
  readonly structuredIds: boolean;
}

const DEFAULT_WINDOW = 32;

export function readRequest(request: ReadReq): ReadRequest {
  const options = request.getOptions() ?? new ReadReq.Options();
  const stream = options.getStream();
  const all = options.getAll();
  const filter = options.getFilter();
  const window = filter?.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
  const position = all?.getPosition();
  const source = stream ?? all;
  return {
    stream: stream && nameOf(stream.getStreamIdentifier()),
    from: position
      ? { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) }
      : stream?.hasRevision()
        ? BigInt(stream.getRevision())
        : source?.hasEnd()
          ? 'end'
          : 'start',
    subscription: options.hasSubscription(),
    backwards: options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS,
    count: options.hasCount() ? Number(options.getCount()) : Infinity,
    prefixes: filter?.getStreamIdentifier()?.getPrefixList(),
    checkpointInterval: window * (filter?.getCheckpointintervalmultiplier() ?? 1),
    structuredIds: options.getUuidOption()?.hasStructured() ?? true,
  };
}

export const isWanted = ({ prefixes }: ReadRequest, { stream }: LogRecord): boolean =>
  prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
