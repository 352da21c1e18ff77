import { isWebAddress } from '../routing/web-address';
import { keptInTab } from '../storage/storage';
import { OpenIdClient } from './settings';

/**
 * OpenID Connect: authorization code with PKCE (RFC 7636), without a client secret. What has to last until the person returns from
 * the identity provider is kept in the tab.
 */

const KEY = 'mingjian.sign-in';
/** Where the provider sends people back to, also after signing out. It has to be registered there for both. */
const redirectUri = (): string => new URL('/app/', location.href).href;

interface Pending {
  readonly state: string;
  readonly verifier: string;
  /** The address to return to within the page. */
  readonly back: string;
}

interface Provider {
  readonly issuer: string;
  /** Whether its answers always name it. */
  readonly authorization_response_iss_parameter_supported?: boolean;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  /** Where its own session is ended; left out: nowhere. */
  readonly end_session_endpoint?: string;
}

/** Leaves the page for the identity provider. */
export async function signInAt(client: OpenIdClient): Promise<void> {
  const { authorization_endpoint: address } = await providerOf(client);
  if (!isWebAddress(address)) throw new Error(`The identity provider names no web address to sign in at: ${address}`);
  const pending: Pending = { state: randomText(), verifier: randomText(), back: location.pathname + location.search };
  if (!keptInTab.set(KEY, JSON.stringify(pending))) throw new Error(NOTHING_KEPT);
  const to = new URL(address);
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri(),
    scope: client.scope,
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
    ...(client.resource !== undefined && { resource: client.resource }),
  };
  for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value);
  location.assign(to);
}

export interface Returned {
  readonly token: string;
  /** What the provider says about who has signed in: it is shown to the provider again to sign out. undefined: it said nothing. */
  readonly idToken: string | undefined;
  readonly back: string;
}

/** Whether the address says that the person comes from the identity provider. */
export const isReturning = (query: URLSearchParams): boolean =>
  query.has('state') && (query.has('code') || query.has('error')) && keptInTab.get(KEY) !== undefined;

/**
 * Exchanges the code of the address for an access token. Throws an `Error` that says what the provider refused. What does not belong to
 * the sign-in that was begun here is not even shown: anybody can write a link.
 */
export async function finishSignIn(client: OpenIdClient, query: URLSearchParams): Promise<Returned> {
  const pending = JSON.parse(keptInTab.get(KEY) ?? '{}') as Partial<Pending>;
  keptInTab.remove(KEY);
  if (pending.verifier === undefined || pending.state !== query.get('state')) throw new Error(FOREIGN);
  const provider = await providerOf(client);
  // RFC 9207: the answer of another provider.
  const issuer = query.get('iss') ?? undefined;
  const mustSay = provider.authorization_response_iss_parameter_supported === true;
  if (issuer === undefined ? mustSay : issuer !== provider.issuer) throw new Error(FOREIGN);
  const refused = query.get('error');
  if (refused !== null) throw new Error(query.get('error_description') ?? refused);
  const code = query.get('code');
  if (code === null) throw new Error(FOREIGN);
  const { token_endpoint: address } = provider;
  const response = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      redirect_uri: redirectUri(),
      code,
      code_verifier: pending.verifier,
      ...(client.resource !== undefined && { resource: client.resource }),
    }),
  });
  const answer = (await response.json()) as TokenAnswer;
  const { access_token: token, id_token: idToken } = answer;
  if (typeof token !== 'string') throw new Error(answer.error_description ?? `status ${response.status}`);
  return { token, idToken: typeof idToken === 'string' ? idToken : undefined, back: pending.back ?? '/app/' };
}

interface TokenAnswer {
  readonly access_token?: unknown;
  readonly id_token?: unknown;
  readonly error_description?: string;
}

const FOREIGN = 'The answer of the identity provider does not belong to this sign-in';
const NOTHING_KEPT =
  'This browser keeps nothing for this page, so nobody can come back to it from the identity provider';

/**
 * Leaves the page to end the session at the provider, too, and comes back (OpenID Connect RP-Initiated Logout 1.0). If the provider
 * offers no such thing, nothing happens.
 */
export async function signOutAt(client: OpenIdClient, idToken: string | undefined): Promise<void> {
  const { end_session_endpoint: address } = await providerOf(client);
  if (address === undefined || !isWebAddress(address)) return;
  const to = new URL(address);
  to.searchParams.set('client_id', client.clientId);
  to.searchParams.set('post_logout_redirect_uri', redirectUri());
  if (idToken !== undefined) to.searchParams.set('id_token_hint', idToken);
  location.assign(to);
}

async function providerOf({ issuer }: OpenIdClient): Promise<Provider> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const provider = (await response.json()) as Provider;
  // OpenID Connect Discovery 1.0, section 4.3.
  if (provider.issuer !== issuer)
    throw new Error(`The identity provider calls itself ${provider.issuer}, not ${issuer}`);
  return provider;
}

const RANDOM_BYTES = 32;
const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));

const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
