import { Row } from '../open-data/field';
import { messageIn } from './remote-file';
import { reasonOf, RemoteError } from './remote-ledger';
import { ServerAccess } from './server-access';

/** The server is asked for one table, and sends it as fast as it is read. */
export interface RowsRequest {
  readonly access: ServerAccess;
  /** A state export as NDJSON. */
  readonly path: string;
  /** The position that it has to be of. */
  readonly position: string;
  readonly signal: AbortSignal;
}

/** While nothing is read, the server waits for us: only our own waiting counts. */
const SILENCE_MS = 120_000;
/** A row has at most the texts of one entity, which are far shorter. */
const LONGEST_LINE = 16_777_216;

/** The rows of a state export, one by one. Throws `RemoteError` unless it comes to its end, at the position. */
export async function* remoteRows(request: RowsRequest): AsyncGenerator<Row> {
  const { path, position } = request;
  let end: Row | undefined;
  for await (const line of linesOf(request)) {
    if (end !== undefined) throw new RemoteError(`${path} goes on behind its end`);
    const row = rowIn(line, path);
    if (row.kind === 'END') end = row;
    else yield row;
  }
  if (end === undefined) throw new RemoteError(`${path} broke off before its end`);
  if (end.position !== position) throw new RemoteError(`${path} is of another position than ${position}`);
}

function rowIn(line: string, path: string): Row {
  try {
    const row = JSON.parse(line) as Row | null;
    if (typeof row === 'object' && row !== null) return row;
  } catch {
    // It is refused below.
  }
  throw new RemoteError(`${path} is not NDJSON`);
}

async function* linesOf({ access, path, signal }: RowsRequest): AsyncGenerator<string> {
  const silence = new AbortController();
  const waiting = AbortSignal.any([signal, silence.signal]);
  const unanswered = (error: unknown): never => {
    const reason = silence.signal.aborted ? 'it sends nothing' : reasonOf(error);
    throw new RemoteError(`No answer from ${access.address}: ${reason}`);
  };
  const inTime = <T>(wait: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      silence.abort();
    }, SILENCE_MS);
    return wait.catch(unanswered).finally(() => {
      clearTimeout(timer);
    });
  };
  const response = await inTime(
    fetch(`${access.address}${path}`, { headers: { authorization: `Bearer ${access.token}` }, signal: waiting }),
  );
  const body = response.body as AsyncIterable<Uint8Array> | null;
  if (!response.ok || body === null) {
    const refusal = Buffer.from(await inTime(response.arrayBuffer()));
    throw new RemoteError(messageIn(refusal) ?? `The server answers ${response.status} to ${path}`);
  }
  const chunks = body[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const chunk = await inTime(chunks.next());
      if (chunk.done === true) break;
      const lines = `${rest}${decoder.decode(chunk.value, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new RemoteError(`${path} has a line that is too long`);
      yield* lines;
    }
  } finally {
    // Whoever stops reading closes the connection.
    silence.abort();
  }
  if (rest !== '') yield rest;
}
