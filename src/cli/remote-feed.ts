import { setTimeout as pause } from 'node:timers/promises';
import { isAborted } from '../kernel/async';
import { eventsIn } from './event-stream';
import { reasonOf, RemoteError } from './remote-ledger';
import { ServerAccess } from './server-access';

/** An item of the feed: a change with the fields that the query selects, or a mark. */
export type RemoteItem = { readonly __typename: string; readonly position: string } & Readonly<Record<string, unknown>>;

export interface FollowOptions {
  readonly access: ServerAccess;
  /** A subscription to `changes` as `feed`, with the variables `after` and `filter`. */
  readonly query: string;
  readonly filter: object;
  /** Left out: only new changes. */
  readonly after?: string;
  readonly signal: AbortSignal;
  /** Called when the connection is lost, before it is made again. */
  readonly onTrouble: (message: string) => void;
}

interface GraphQLResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly retryable?: boolean } }[];
}

/** A temporary failure: the same request may succeed later. */
class TemporaryFailure extends Error {}

/** The server sends something at least every 12 seconds. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows the feed until the signal aborts, even if connections are lost or the server restarts: it resumes after the last item
 * that was taken. Throws `RemoteError` if a retry does not help.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<RemoteItem, void, undefined> {
  const { signal, query, filter, onTrouble } = options;
  let { after } = options;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    let reason = 'The server ended the feed';
    try {
      for await (const data of ask(options, query, { after, filter })) {
        const item = data.feed as RemoteItem;
        yield item;
        after = item.position;
        pauseMs = FIRST_PAUSE_MS;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      if (!(error instanceof TemporaryFailure)) throw error;
      reason = error.message;
    }
    if (isAborted(signal)) return;
    onTrouble(`${reason}; retrying in ${pauseMs / 1_000} s`);
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

/** The results of one operation; a query has one. */
async function* ask(
  { access, signal }: Pick<FollowOptions, 'access' | 'signal'>,
  query: string,
  variables: object,
): AsyncGenerator<Readonly<Record<string, unknown>>, void, undefined> {
  const silence = new AbortController();
  let timer = setTimeout(giveUp, SILENCE_MS);
  function giveUp(): void {
    silence.abort(new TemporaryFailure(`${access.address} sends nothing`));
  }
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, SILENCE_MS);
  };
  try {
    const response = await fetch(`${access.address}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${access.token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok) throw await refusalIn(response, access);
    const body = response.body as AsyncIterable<Uint8Array> | null;
    if (!response.headers.get('content-type')?.startsWith('text/event-stream') || body === null)
      throw notMingjian(access);
    for await (const { event, data } of eventsIn(body, alive)) {
      if (event === 'complete') return;
      yield dataOf(JSON.parse(data) as GraphQLResult);
    }
    throw new TemporaryFailure(`The connection to ${access.address} was lost`);
  } catch (error) {
    if (error instanceof RemoteError || error instanceof TemporaryFailure) throw error;
    throw new TemporaryFailure(`No answer from ${access.address}: ${reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

function dataOf({ data, errors = [] }: GraphQLResult): Readonly<Record<string, unknown>> {
  const [error] = errors;
  if (error === undefined && data) return data;
  const message = errors.map((each) => each.message).join('; ');
  throw error?.extensions?.retryable === true ? new TemporaryFailure(message) : new RemoteError(message);
}

/** The error in a response that is not a stream. */
async function refusalIn(response: Response, access: ServerAccess): Promise<Error> {
  if (response.status >= 500) return new TemporaryFailure(`${access.address} answered with status ${response.status}`);
  try {
    dataOf((await response.json()) as GraphQLResult);
  } catch (error) {
    if (error instanceof RemoteError) return error;
  }
  return notMingjian(access);
}

const notMingjian = ({ address }: ServerAccess): RemoteError =>
  new RemoteError(`The server at ${address} is not a Mingjian server`);
