import { dataOf, MingjianError, type Received, unreachable } from './failure.ts';
import { authorizationOf, httpAddress, type Server } from './server.ts';
import { textOf, type TypedDocument } from './typed-document.ts';

export interface AskOptions {
  /** Ends the waiting: the promise rejects with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** The longest wait for an answer, in milliseconds. */
  readonly timeoutMs?: number;
}

const LONGEST_MS = 60_000;

/**
 * Asks the ledger once. Rejects with a MingjianError if the answer has an error, or if there is none. It does not ask again: a question
 * whose error `isRetryable` may be asked again at once, a mutation only with its idempotency key.
 */
export async function ask<Data, Variables>(
  server: Server,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  { signal, timeoutMs = LONGEST_MS }: AskOptions = {},
): Promise<Data> {
  signal?.throwIfAborted();
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: await authorizationOf(server),
  };
  const body = JSON.stringify({ query: textOf(document), variables });
  const waiting = new AbortController();
  const leave = (): void => {
    waiting.abort();
  };
  const late = setTimeout(leave, timeoutMs);
  signal?.addEventListener('abort', leave, { once: true });
  try {
    const send = server.fetch ?? fetch;
    const response = await send(httpAddress(server), { method: 'POST', headers, body, signal: waiting.signal });
    return dataOf((await response.json()) as Received<Data>, retryAfter(response));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof MingjianError) throw error;
    // There was no connection, or a proxy answered in HTML.
    throw unreachable(waiting.signal.aborted ? `No answer within ${timeoutMs} ms` : messageOf(error));
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', leave);
  }
}

function retryAfter({ status, headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return status >= 429 && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

/** The message that says most: fetch hides why there was no connection. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
