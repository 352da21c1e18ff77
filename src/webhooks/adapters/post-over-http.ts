import { lookup } from 'node:dns/promises';
import { request as requestHttp, IncomingMessage } from 'node:http';
import { request as requestHttps, RequestOptions } from 'node:https';
import { isIP, LookupFunction } from 'node:net';
import { Post, PostResult, SendPost } from '../delivery/post';
import { isPublicAddress } from '../public-address';
import { readRetryAfter } from '../retry-after';
import { hostOf } from '../target';
import { Address, resolveName } from './resolve-name';

export interface PostOptions {
  /** Origins that may be reached although they are private, or by http. Only for tests. */
  readonly testOrigins: ReadonlySet<string>;
  /** All addresses of a name. By default as the name servers know them; those of test origins as the system resolves names. */
  readonly resolve?: Resolve;
  /** By default the addresses of the public Internet. */
  readonly isPublic?: (address: string) => boolean;
  /** For resolving, connecting, sending and the answer together. */
  readonly timeoutMs?: number;
}

export const POST_TIMEOUT_MS = 15_000;
/** Of the body of an answer, which nobody reads. */
const MOST_ANSWER_BYTES = 65_536;

type Resolve = (name: string, signal: AbortSignal) => Promise<readonly Address[]>;

const systemResolve: Resolve = (name) => lookup(name, { all: true });

const failed = (outcome: Extract<PostResult, { readonly kind: 'failed' }>['outcome']): PostResult => ({
  kind: 'failed',
  outcome,
});

/**
 * The name is resolved once. Every address of it must be public, and the connection goes to one of these very addresses: a name that
 * leads elsewhere when it is asked again gains nothing.
 */
export const postOverHttp = (options: PostOptions): SendPost => {
  const { testOrigins, isPublic = isPublicAddress } = options;
  const { timeoutMs = POST_TIMEOUT_MS } = options;

  return async (post, stopped) => {
    const url = new URL(post.url);
    const isTest = testOrigins.has(url.origin);
    if (url.protocol !== 'https:' && !isTest) return failed('ADDRESS_NOT_ALLOWED');
    const { resolve = isTest ? systemResolve : resolveName } = options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([stopped, timeout]);
    try {
      const addresses = await addressesOf(hostOf(url), resolve, signal);
      const [first] = addresses;
      if (first === undefined) return failed('NAME_NOT_FOUND');
      if (!isTest && !addresses.every(({ address }) => isPublic(address))) return failed('ADDRESS_NOT_ALLOWED');
      return await answerOf(url, post, { lookup: only(first), family: first.family, signal });
    } catch (error) {
      stopped.throwIfAborted();
      if (timeout.aborted) return failed('TIMED_OUT');
      if (error instanceof NameNotFound) return failed('NAME_NOT_FOUND');
      return failed('NOT_CONNECTED');
    }
  };
};

class NameNotFound extends Error {}

async function addressesOf(host: string, resolve: Resolve, signal: AbortSignal): Promise<readonly Address[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  signal.throwIfAborted();
  return await new Promise<readonly Address[]>((found, fail) => {
    // A resolver of the system cannot be stopped, so nobody waits for it any longer.
    signal.addEventListener('abort', () => { fail(new Error('aborted')); }, { once: true }); // prettier-ignore
    resolve(host, signal).then(found, (error: unknown) => {
      fail(new NameNotFound('The name has no address', { cause: error }));
    });
  });
}

/** Finds this address under every name. */
const only =
  ({ address, family }: Address): LookupFunction =>
  (_name, { all }, found) => {
    if (all === true) found(null, [{ address, family }]);
    else found(null, address, family);
  };

function answerOf(url: URL, { headers, body }: Post, options: RequestOptions): Promise<PostResult> {
  const whole = {
    ...options,
    method: 'POST',
    // No connection is kept: the next delivery resolves and checks the name again.
    agent: false,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  } as const;
  return new Promise((resolve, reject) => {
    // As long as there is none, a connection that closes has not answered.
    let result: PostResult | undefined;
    const request = url.protocol === 'https:' ? requestHttps(url, whole) : requestHttp(url, whole);
    request.on('response', (answer) => {
      const { statusCode: status } = answer;
      const retryAfterMs = readRetryAfter(answer.headers['retry-after'], Date.now());
      if (status !== undefined) result = { kind: 'answered', status, retryAfterMs };
      discard(answer);
    });
    request.on('error', (error) => {
      if (result === undefined) reject(error);
    });
    request.on('close', () => {
      resolve(result ?? failed('NOT_CONNECTED'));
    });
    request.end(body);
  });
}

function discard(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) answer.destroy();
  });
  // The status has come: what happens to the rest does not matter.
  answer.on('error', () => undefined);
}
