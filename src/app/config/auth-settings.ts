import { z } from 'zod';
import { isSafeSecret, MIN_SECRET_BYTES } from '../../auth/shared-secret';
import { hidden, withoutCredentials } from './masking';
import { claimPath, httpUrl, integer, originList } from './parsers';
import { setting } from './setting';

/** How bearer tokens are verified and read. */
export const AUTH_SETTINGS = {
  secret: setting('AUTH_JWT_SECRET', {
    parser: z.string().refine(isSafeSecret, `expected at least ${MIN_SECRET_BYTES} bytes, not all of them spaces`),
    otherwise: 'none',
    insteadInDemo: 'a secret of the demo',
    masking: hidden,
    meaning: `HS256 secret that verifies bearer tokens; at least ${MIN_SECRET_BYTES} bytes, not all of them spaces. Demo mode does not use it`,
  }),
  jwksUrl: setting('AUTH_JWKS_URL', {
    parser: httpUrl,
    otherwise: 'none',
    masking: withoutCredentials,
    meaning:
      'in place of a secret: the address of the public keys. With neither, `AUTH_ISSUER` says where its keys are (OpenID discovery)',
  }),
  issuer: setting('AUTH_ISSUER', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'any',
    insteadInDemo: 'the demo',
    meaning: 'if set, every token must have this issuer',
  }),
  audience: setting('AUTH_AUDIENCE', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'any',
    insteadInDemo: 'the demo',
    meaning: 'if set, every token must have this audience',
  }),
  httpOrigins: setting('AUTH_HTTP_ORIGINS', {
    guards: 'access',
    parser: originList,
    otherwise: 'none: keys are read by https, or from this machine',
    insteadInDemo: 'the demo',
    meaning:
      'origins of identity providers whose keys may be read by plain http, separated by commas (`http://sso.office.example:8080`). Whoever can alter what passes on that way can make tokens of anybody; see [Keys](identity.md#keys)',
  }),
  issuersFile: setting('AUTH_ISSUERS_FILE', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'one issuer, as the settings above say',
    insteadInDemo: 'the demo',
    meaning:
      'in place of the settings above: a JSON file with several issuers, each with its own keys and audience; see [Several issuers](identity.md#several-issuers)',
  }),
  rolesClaim: setting('AUTH_ROLES_CLAIM', {
    guards: 'access',
    parser: claimPath,
    otherwise: '`roles`',
    insteadInDemo: 'roles',
    meaning:
      'where in a token the roles are: `realm_access.roles`, `/resource_access/mingjian/roles`, or a URL; see [Claims](identity.md#claims)',
  }),
  departmentsClaim: setting('AUTH_DEPARTMENTS_CLAIM', {
    guards: 'access',
    parser: claimPath,
    otherwise: '`departments`',
    insteadInDemo: 'departments',
    meaning: 'where the departments are in which the caller may write',
  }),
  readDepartmentsClaim: setting('AUTH_READ_DEPARTMENTS_CLAIM', {
    guards: 'access',
    parser: claimPath,
    otherwise: '`readDepartments`',
    insteadInDemo: 'readDepartments',
    meaning: 'where the departments are that the caller may read',
  }),
  maxAgeSeconds: setting('AUTH_MAX_TOKEN_AGE', {
    guards: 'access',
    parser: integer(1, 31_536_000),
    otherwise: 'as long as the token says',
    insteadInDemo: 'a week',
    meaning: 'how many seconds after its `iat` a token expires at the latest. Then a token without `iat` is refused',
  }),
  pseudonymKey: setting('PSEUDONYM_KEY', {
    guards: 'access',
    parser: z.string().refine(isSafeSecret, `expected at least ${MIN_SECRET_BYTES} bytes, not all of them spaces`),
    otherwise: 'made from `AUTH_JWT_SECRET`; with public keys, everybody has the same pseudonym',
    insteadInDemo: 'the demo',
    masking: hidden,
    meaning:
      'the key of the pseudonyms that an `analyst` sees in place of persons; at least 32 bytes, the same on every node; see [Tokens](api.md#tokens)',
  }),
  revokedFile: setting('AUTH_REVOKED_TOKENS', {
    guards: 'access',
    parser: z.string(),
    otherwise: 'no token is revoked',
    insteadInDemo: 'no token is revoked',
    meaning:
      'a file with the `jti` of each revoked token, one in a line. The server reads it again when it changes; see [Revoked tokens](identity.md#revoked-tokens)',
  }),
};
