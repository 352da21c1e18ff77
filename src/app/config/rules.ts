import { isLoopback } from '../../machine/loopback';
import { ROLES } from './parsers';
import { AUTH_RULES } from './auth-rules';
import { Rule } from './rule';
import { Config } from './settings';

const RULES: readonly Rule[] = [
  {
    variable: 'EVENTSTORE_URL',
    expected: 'expected not to be set in demo mode, whose ledger is in the embedded store',
    holds: ({ demo, eventStoreUrl }) => !demo || eventStoreUrl === undefined,
  },
  {
    variable: 'ROLES',
    expected: 'expected both roles, or REDIS_URL: without it, only the process that projects can read',
    holds: ({ redis, roles }) => redis !== undefined || roles.size === ROLES.length,
  },
  {
    variable: 'READ_MODELS',
    expected: 'expected not to be set with REDIS_URL, which says where the read models are',
    holds: ({ redis, readModels }) => redis === undefined || readModels === undefined,
  },
  {
    variable: 'READ_MODELS',
    expected: 'expected not to be sqlite with EVENTSTORE_URL: the file belongs to the log of the embedded store',
    holds: ({ eventStoreUrl, readModels }) => eventStoreUrl === undefined || readModels !== 'sqlite',
  },
  {
    variable: 'LEDGER_ORIGIN',
    expected: 'expected a name for the ledger, because SIGNING_KEY_FILE is set',
    onlyServer: true,
    holds: ({ demo, signing }) => demo || signing.keyFile === undefined || signing.origin !== undefined,
  },
  {
    variable: 'LEDGER_ORIGIN',
    expected: 'expected a name for the ledger, because VERIFIER_KEYS is set',
    onlyServer: true,
    holds: ({ demo, signing }) => demo || signing.verifierKeys === undefined || signing.origin !== undefined,
  },
  {
    variable: 'WITNESS_KEY_FILE',
    expected: 'expected WITNESS_NAME and WITNESSED_LOGS_FILE with it, and it with them',
    onlyServer: true,
    holds: ({ witness: { keyFile, name, logs } }) =>
      new Set([keyFile, name, logs].map((value) => value === undefined)).size === 1,
  },
  {
    variable: 'HEADERS_TIMEOUT_MS',
    expected: 'expected at most REQUEST_TIMEOUT_MS, which includes it',
    holds: ({ connections: { headersMs, requestMs } }) => headersMs <= requestMs,
  },
  ...AUTH_RULES,
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
  {
    variable: 'FEDERATION_LEDGER',
    expected: 'expected a name for the ledger, because FEDERATION=1',
    onlyServer: true,
    holds: ({ federation: { isOn, ledger } }) => !isOn || ledger !== undefined,
  },
  {
    variable: 'FEDERATION',
    expected: 'expected not to be 1 with enforced TRUSTED_DOCUMENTS: a gateway writes its documents itself',
    onlyServer: true,
    holds: ({ federation: { isOn }, trustedDocuments, trustedDocumentsMode: mode = 'enforce' }) =>
      !isOn || trustedDocuments === undefined || mode !== 'enforce',
  },
];

export const violationsOf = (config: Config, purpose: 'server' | 'tool'): readonly string[] =>
  RULES.filter(({ onlyServer, holds }) => (purpose === 'server' || onlyServer !== true) && !holds(config)).map(
    ({ variable, expected }) => `${variable}: ${expected}`,
  );
