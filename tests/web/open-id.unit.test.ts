import './support/browser-globals';
import { finishSignIn, isReturning, signInAt, signOutAt } from '../../web/src/session/open-id';

/** Signing in at an identity provider: what is not its answer to this sign-in is refused. */

const ISSUER = 'https://login.example';
const CLIENT = { issuer: ISSUER, clientId: 'page', scope: 'openid' };
const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
};

let metadata: Readonly<Record<string, unknown>>;
let exchanged: URLSearchParams[];
let left: URL | undefined;

beforeEach(() => {
  metadata = METADATA;
  exchanged = [];
  left = undefined;
  Object.assign(location, { assign: (to: URL) => (left = to) });
  globalThis.fetch = (address, init) => {
    if (init?.body instanceof URLSearchParams) exchanged.push(init.body);
    const body = (address as string).endsWith('/token') ? { access_token: 'the token', id_token: 'who' } : metadata;
    return Promise.resolve({ status: 200, json: () => Promise.resolve(body) } as unknown as Response);
  };
});

/** Begins to sign in, and gives what the provider answers with. */
async function begun(answer: Readonly<Record<string, string>> = { code: 'c' }): Promise<URLSearchParams> {
  await signInAt(CLIENT);
  return new URLSearchParams({ state: left?.searchParams.get('state') ?? '', ...answer });
}

test('the code is exchanged with the verifier whose challenge was sent, and once', async () => {
  const query = await begun();
  expect(Object.fromEntries(left!.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: 'https://ledger.example/app/',
  });
  expect(isReturning(query)).toBe(true);
  expect(await finishSignIn(CLIENT, query)).toEqual({ token: 'the token', idToken: 'who', back: '/app/city/2023' });
  const verifier = new TextEncoder().encode(exchanged[0]?.get('code_verifier') ?? '');
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', verifier)).toString('base64url');
  expect(digest).toBe(left?.searchParams.get('code_challenge'));
  expect(isReturning(query)).toBe(false);
  await expect(finishSignIn(CLIENT, query)).rejects.toThrow('does not belong');
});

test.each([
  ['of another sign-in', { state: 'another', code: 'c' }],
  ['of an attacker, with words for the person', { state: 'x', error: 'e', error_description: 'Call 555' }],
  ['of another provider', { code: 'c', iss: 'https://evil.example' }],
  ['without a code', {}],
])('an answer %s is refused, and nothing of it is shown', async (_, answer) => {
  const query = await begun(answer);
  await expect(finishSignIn(CLIENT, query)).rejects.toThrow(/does not belong to this sign-in$/);
  expect(exchanged).toEqual([]);
});

test('a provider that always names itself has to', async () => {
  metadata = { ...METADATA, authorization_response_iss_parameter_supported: true };
  await expect(finishSignIn(CLIENT, await begun())).rejects.toThrow('does not belong');
  expect(await finishSignIn(CLIENT, await begun({ code: 'c', iss: ISSUER }))).toMatchObject({ token: 'the token' });
});

test('what the provider itself refuses is said in its words', async () => {
  const query = await begun({ error: 'access_denied', error_description: 'Not for you' });
  await expect(finishSignIn(CLIENT, query)).rejects.toThrow('Not for you');
});

test('a provider that calls itself something else is refused, and one that names no web address', async () => {
  metadata = { ...METADATA, issuer: 'https://evil.example' };
  await expect(signInAt(CLIENT)).rejects.toThrow('calls itself https://evil.example');
  metadata = { ...METADATA, authorization_endpoint: 'javascript:alert(1)' };
  await expect(signInAt(CLIENT)).rejects.toThrow('no web address');
  expect(left).toBeUndefined();
});

test('signing out ends the session at the provider, and comes back', async () => {
  metadata = { ...METADATA, end_session_endpoint: `${ISSUER}/logout?realm=city` };
  await signOutAt(CLIENT, 'who');
  expect(left?.href.startsWith(`${ISSUER}/logout?realm=city&`)).toBe(true);
  expect(Object.fromEntries(left!.searchParams)).toEqual({
    realm: 'city',
    client_id: 'page',
    post_logout_redirect_uri: 'https://ledger.example/app/',
    id_token_hint: 'who',
  });
});

test.each([undefined, 'javascript:alert(1)'])(
  'a provider that ends no session (%s) is not visited',
  async (address) => {
    metadata = { ...METADATA, end_session_endpoint: address };
    await signOutAt(CLIENT, 'who');
    expect(left).toBeUndefined();
  },
);

test('a browser that keeps nothing stays on the page, and the person hears why', async () => {
  const kept = jest.spyOn(sessionStorage, 'setItem').mockImplementation(() => {
    throw new Error('blocked');
  });
  await expect(signInAt(CLIENT)).rejects.toThrow('keeps nothing for this page');
  expect(left).toBeUndefined();
  kept.mockRestore();
});
