import { isTrustedUrl, TRUSTED_URL_EXPECTED } from '../../auth/trusted-url';
import { Rule } from './rule';

/** What the settings of tokens must fulfil together. */
export const AUTH_RULES: readonly Rule[] = [
  {
    variable: 'AUTH_JWKS_URL',
    expected: 'expected not to be set together with AUTH_JWT_SECRET',
    holds: ({ auth }) => auth.secret === undefined || auth.jwksUrl === undefined,
  },
  {
    variable: 'AUTH_JWKS_URL',
    expected: 'expected not to be set in demo mode, which makes its own tokens',
    holds: ({ demo, auth }) => !demo || auth.jwksUrl === undefined,
  },
  {
    variable: 'AUTH_JWKS_URL',
    expected: `expected ${TRUSTED_URL_EXPECTED}: whoever can alter keys on the way can make tokens of anybody`,
    onlyServer: true,
    holds: ({ auth: { jwksUrl, httpOrigins } }) => jwksUrl === undefined || isTrustedUrl(jwksUrl, httpOrigins),
  },
  {
    variable: 'AUTH_ISSUERS_FILE',
    expected: 'expected not to be set in demo mode, which makes its own tokens',
    holds: ({ demo, auth }) => !demo || auth.issuersFile === undefined,
  },
  {
    variable: 'AUTH_ISSUERS_FILE',
    expected: 'expected not to be set together with AUTH_JWT_SECRET, AUTH_JWKS_URL or AUTH_ISSUER',
    holds: ({ auth: { issuersFile, secret, jwksUrl, issuer } }) =>
      issuersFile === undefined || [secret, jwksUrl, issuer].every((value) => value === undefined),
  },
  {
    variable: 'AUTH_JWT_SECRET',
    expected:
      'expected a secret, or AUTH_JWKS_URL, AUTH_ISSUER or AUTH_ISSUERS_FILE: outside demo mode, tokens must be verified',
    onlyServer: true,
    holds: ({ demo, auth: { secret, jwksUrl, issuer, issuersFile } }) =>
      demo || [secret, jwksUrl, issuer, issuersFile].some((value) => value !== undefined),
  },
  {
    variable: 'AUTH_ISSUER',
    expected: `expected ${TRUSTED_URL_EXPECTED}, so that its keys can be discovered; else AUTH_JWKS_URL or AUTH_JWT_SECRET`,
    onlyServer: true,
    holds: ({ demo, auth: { secret, jwksUrl, issuer, httpOrigins } }) =>
      demo ||
      issuer === undefined ||
      secret !== undefined ||
      jwksUrl !== undefined ||
      isTrustedUrl(issuer, httpOrigins),
  },
  {
    variable: 'PAGE_CLIENT_ID',
    expected: 'expected AUTH_ISSUER to be an https address, or an http address of this machine: people sign in there',
    onlyServer: true,
    holds: ({ demo, auth: { issuer }, page: { clientId } }) =>
      demo || clientId === undefined || (issuer !== undefined && isTrustedUrl(issuer)),
  },
];
