import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

export const CLIENT = 'front-end';
const REDIRECT = 'https://front-end.example/logged-in';
/** The audience of its access tokens. */
export const RESOURCE = 'urn:mingjian:ledger';

export interface OpenIdProvider {
  readonly issuer: string;
  /** An access token of a person with the role, by the authorization code flow with PKCE. */
  tokenOf(role: string): Promise<string>;
  /** From now on it signs with a new key, and publishes only that one. */
  rotateKey(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a provider in a process of its own, on a free port or the given one. `page`: where it may send people back to, too. */
export async function startOpenIdProvider(
  onEnd: (cleanUp: () => unknown) => void,
  port = 0,
  ...page: readonly string[]
): Promise<OpenIdProvider> {
  const child = fork(path.join(__dirname, 'provider.mjs'), [String(port), CLIENT, RESOURCE, REDIRECT, ...page], {
    execArgv: [],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit');
  const answer = async () => {
    const [issuer] = (await Promise.race([once(child, 'message'), exited])) as unknown[];
    if (typeof issuer !== 'string') throw new Error('The provider has ended');
    return issuer;
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await exited;
  };
  onEnd(stop);
  const issuer = await answer();
  return {
    issuer,
    stop,
    tokenOf: (role) => logIn(issuer, role),
    rotateKey: async () => {
      const rotated = answer();
      child.send('rotate');
      await rotated;
    },
  };
}

const MAX_REDIRECTIONS = 10;
const Tokens = z.object({ access_token: z.string() });

/** Goes through the authorization code flow as a browser and a front end would. */
async function logIn(issuer: string, role: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid ledger',
    resource: RESOURCE,
    login_hint: role,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const code = await codeFrom(`${issuer}/auth?${asked.toString()}`);
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      code,
      code_verifier: verifier,
      resource: RESOURCE,
    }),
  });
  return Tokens.parse(await response.json()).access_token;
}

/** Follows the redirections, with the cookies, until the provider sends the browser back to the front end. */
async function codeFrom(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < MAX_REDIRECTIONS; step++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`${url} answered with status ${response.status}: ${await response.text()}`);
    url = new URL(next, url).href;
    if (url.startsWith(REDIRECT)) return new URL(url).searchParams.get('code')!;
  }
  throw new Error(`The provider does not come to an end: ${url}`);
}
