import { JWTPayload } from 'jose';

/** The media type of access tokens (RFC 9068). */
const ACCESS_TOKEN = 'at+jwt';
/** Says nothing of the kind: many providers write it in tokens of every kind. */
const ANY_TOKEN = 'jwt';

/** What Keycloak writes in the claim `typ` of access tokens, and of others. */
const KEYCLOAK_ACCESS = 'Bearer';
const KEYCLOAK_OTHER: readonly unknown[] = ['ID', 'Serialized-ID', 'Refresh', 'Offline', 'Logout'];

/** Only ID tokens have them (OpenID Connect Core 1.0, 2 and 3.3.2.11; `s_hash`: FAPI 1.0). */
const OF_ID_TOKENS = ['at_hash', 'c_hash', 's_hash'];

/**
 * Whether a token can be an access token. The other tokens of a provider are signed with the same keys: an ID token tells a client
 * who signed in, a refresh token is for the provider, a logout token is an event. An ID token that has nothing but what access
 * tokens have, too, is known by its audience only.
 */
export function canBeAccessToken({ typ = ANY_TOKEN }: { readonly typ?: unknown }, claims: JWTPayload): boolean {
  const type = mediaTypeOf(typ);
  if (type !== ACCESS_TOKEN && type !== ANY_TOKEN) return false;
  if (KEYCLOAK_OTHER.includes(claims.typ) || claims.token_use === 'id') return false;
  if ('events' in claims || OF_ID_TOKENS.some((claim) => claim in claims)) return false;
  // Older versions of Keycloak put the nonce of the sign-in into access tokens, too.
  return !('nonce' in claims) || type === ACCESS_TOKEN || claims.typ === KEYCLOAK_ACCESS;
}

/** RFC 7515, 4.1.9: the type may leave out `application/`, and is compared without case. Nobody else has judged that it is a text. */
const mediaTypeOf = (typ: unknown): string | undefined =>
  typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
