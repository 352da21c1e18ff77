import { isLoopback } from '../../machine/loopback';
import { ROLES } from './parsers';
import { Config } from './settings';

/** What settings must fulfil together. */
interface Rule {
  /** The variable that a violation names. */
  readonly variable: string;
  readonly expected: string;
  /** Only a server needs it: a command-line tool neither listens nor receives tokens. */
  readonly onlyServer?: boolean;
  readonly holds: (config: Config) => boolean;
}

const RULES: readonly Rule[] = [
  {
    variable: 'EVENTSTORE_URL',
    expected: 'expected not to be set in demo mode, whose ledger is in the embedded store',
    holds: ({ demo, eventStoreUrl }) => !demo || eventStoreUrl === undefined,
  },
  {
    variable: 'ROLES',
    expected: 'expected both roles, or REDIS_URL: read models in memory are visible only to their own process',
    holds: ({ redis, roles }) => redis !== undefined || roles.size === ROLES.length,
  },
  {
    variable: 'HEADERS_TIMEOUT_MS',
    expected: 'expected at most REQUEST_TIMEOUT_MS, which includes it',
    holds: ({ connections: { headersMs, requestMs } }) => headersMs <= requestMs,
  },
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
    variable: 'AUTH_JWT_SECRET',
    expected: 'expected a secret, or AUTH_JWKS_URL: outside demo mode, tokens must be verified',
    onlyServer: true,
    holds: ({ demo, auth }) => demo || auth.secret !== undefined || auth.jwksUrl !== undefined,
  },
  {
    variable: 'HOST',
    expected:
      'expected a loopback address (127.0.0.1, ::1, localhost) in demo mode, which gives everyone a token; DEMO_PUBLIC=1 allows every address',
    onlyServer: true,
    holds: ({ demo, demoPublic, host }) => !demo || demoPublic || isLoopback(host),
  },
  {
    variable: 'TRUSTED_DOCUMENTS_MODE',
    expected: 'expected TRUSTED_DOCUMENTS to be set: there is no manifest to compare documents with',
    holds: ({ trustedDocuments, trustedDocumentsMode: mode = 'off' }) =>
      trustedDocuments !== undefined || mode === 'off',
  },
];

export const violationsOf = (config: Config, purpose: 'server' | 'tool'): readonly string[] =>
  RULES.filter(({ onlyServer, holds }) => (purpose === 'server' || onlyServer !== true) && !holds(config)).map(
    ({ variable, expected }) => `${variable}: ${expected}`,
  );
