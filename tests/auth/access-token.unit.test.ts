import { canBeAccessToken } from '../../src/auth/access-token';

const CLAIMS = { sub: 'u1', exp: 1 };
const EVENT = { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } };

it.each<[string, unknown, object]>([
  ['says nothing of its kind', undefined, {}],
  ['is a JWT', 'JWT', {}],
  ['is a JWT, written in another way', 'application/jwt', {}],
  ['declares itself an access token', 'at+jwt', {}],
  ['declares itself one in another way', 'application/AT+JWT', {}],
  ['declares itself one, with the nonce of the sign-in', 'at+jwt', { nonce: 'n' }],
  ['is one of Keycloak', 'JWT', { typ: 'Bearer' }],
  ['is one of an older Keycloak, with the nonce of the sign-in', 'JWT', { typ: 'Bearer', nonce: 'n' }],
  ['has a claim typ that means something else', 'JWT', { typ: ['ID'] }],
  ['is one of Cognito', undefined, { token_use: 'access' }],
])('a token that %s can be an access token', (_what, typ, claims) => {
  expect(canBeAccessToken({ typ }, { ...CLAIMS, ...claims })).toBe(true);
});

it.each<[string, unknown, object]>([
  ['declares itself a logout token', 'logout+jwt', {}],
  ['declares itself a request', 'oauth-authz-req+jwt', {}],
  ['only begins as an access token does', 'at+jwt2', {}],
  ['only ends as one does', 'image/at+jwt', {}],
  ['has an empty type', '', {}],
  ['has a type that is null', null, {}],
  ['has a type that is a number', 1, {}],
  ['has a type that is a list', ['JWT'], {}],
  ['has the nonce of a sign-in', 'JWT', { nonce: 'n' }],
  ['has a nonce that is null', undefined, { nonce: null }],
  ['has the hash of an access token', 'JWT', { at_hash: 'h' }],
  ['has the hash of a code', 'JWT', { c_hash: 'h' }],
  ['has the hash of a state', 'JWT', { s_hash: 'h' }],
  ['has a hash, whatever it declares', 'at+jwt', { at_hash: 'h' }],
  ['is an ID token of Keycloak', 'JWT', { typ: 'ID' }],
  ['is an ID token of Keycloak for an exchange', 'JWT', { typ: 'Serialized-ID' }],
  ['is a refresh token of Keycloak', 'JWT', { typ: 'Refresh' }],
  ['is an offline token of Keycloak', 'JWT', { typ: 'Offline' }],
  ['is a logout token of Keycloak', 'JWT', { typ: 'Logout' }],
  ['is an ID token of Keycloak, whatever it declares', 'at+jwt', { typ: 'ID' }],
  ['is an ID token of Cognito', undefined, { token_use: 'id' }],
  ['is an event', undefined, EVENT],
  ['is an event, whatever it declares', 'at+jwt', EVENT],
])('a token that %s is no access token', (_what, typ, claims) => {
  expect(canBeAccessToken({ typ }, { ...CLAIMS, ...claims })).toBe(false);
});
