import { setTimeout as pause } from 'node:timers/promises';
import { isAborted } from '../kernel/async';
import { eventsIn } from './event-stream';
import { reasonOf, RemoteError } from './remote-ledger';
import { ServerAccess } from './server-access';

/** What the feed gives: a change, with the fields that were asked for, or a mark. */
export type RemoteItem = { readonly __typename: string; readonly position: string } & Readonly<Record<string, unknown>>;

export interface FollowOptions {
  readonly access: ServerAccess;
  /** A subscription to `changes` as `feed`, with the variables `after` and `filter`. */
  readonly query: string;
  readonly filter: object;
  /** Left out: from now on. */
  readonly after?: string;
  readonly signal: AbortSignal;
  /** The connection is lost, and is made again. */
  readonly onTrouble: (message: string) => void;
}

interface Payload {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly retryable?: boolean } }[];
}

/** Something that passes: the same may be asked again. */
class Interruption extends Error {}

/** The server says something every 12 seconds. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows the feed until the signal aborts, through lost connections and servers that restart: each time it resumes after the
 * last item that was taken. Throws `RemoteError` for what trying again does not mend.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<RemoteItem, void, undefined> {
  const { signal, query, filter, onTrouble } = options;
  let { after } = options;
  let patience = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    let reason = 'The server ended the feed';
    try {
      for await (const data of ask(options, query, { after, filter })) {
        const item = data.feed as RemoteItem;
        yield item;
        after = item.position;
        patience = FIRST_PAUSE_MS;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      if (!(error instanceof Interruption)) throw error;
      reason = error.message;
    }
    if (isAborted(signal)) return;
    onTrouble(`${reason}; trying again in ${patience / 1_000} s`);
    await pause(patience, undefined, { signal }).catch(() => undefined);
    patience = Math.min(2 * patience, LONGEST_PAUSE_MS);
  }
}

/** The answers of one operation: of a query, one. */
async function* ask(
  { access, signal }: Pick<FollowOptions, 'access' | 'signal'>,
  query: string,
  variables: object,
): AsyncGenerator<Readonly<Record<string, unknown>>, void, undefined> {
  const silence = new AbortController();
  let timer = setTimeout(giveUp, SILENCE_MS);
  function giveUp(): void {
    silence.abort(new Interruption(`Nothing comes from ${access.address}`));
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
    if (!response.headers.get('content-type')?.startsWith('text/event-stream') || body === null) throw stranger(access);
    for await (const { event, data } of eventsIn(body, alive)) {
      if (event === 'complete') return;
      yield dataOf(JSON.parse(data) as Payload);
    }
    throw new Interruption(`The connection to ${access.address} was lost`);
  } catch (error) {
    if (error instanceof RemoteError || error instanceof Interruption) throw error;
    throw new Interruption(`No answer from ${access.address}: ${reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

function dataOf({ data, errors = [] }: Payload): Readonly<Record<string, unknown>> {
  const [error] = errors;
  if (error === undefined && data) return data;
  const message = errors.map((each) => each.message).join('; ');
  throw error?.extensions?.retryable === true ? new Interruption(message) : new RemoteError(message);
}

/** What the server says instead of a stream. */
async function refusalIn(response: Response, access: ServerAccess): Promise<Error> {
  if (response.status >= 500) return new Interruption(`${access.address} answers with status ${response.status}`);
  try {
    dataOf((await response.json()) as Payload);
  } catch (error) {
    if (error instanceof RemoteError) return error;
  }
  return stranger(access);
}

const stranger = ({ address }: ServerAccess): RemoteError =>
  new RemoteError(`What answers at ${address} is no server of Mingjian`);
