import { resolve } from 'node:path';
import { Config, ConfigError, effectiveSettings, Environment, hintOf, lookalikesIn, readConfig } from '../app/config';
import { ledgerKindOf } from '../event-store/adapters/sqlite/ledger-kind';
import { hasReadModelFile, ledgerFile, readModelFile, redisKeyPrefix } from '../app/engines';
import { nameOfLedger } from '../app/opened-ledger';
import { Command, UsageError } from './command';
import { table } from './table';

const USAGE = `mingjian config

Prints each setting as the server would take it from this environment, and where its value comes from: the environment, the
default, or demo mode; and below them what is derived from several settings. Secrets, passwords and unknown parameters of
addresses are printed as ***. Opens and changes nothing.

Then it prints each variable that looks as if it were meant for Mingjian, but is not known, and each wrong value.

Exit status: 0 the server would accept this configuration; 1 it would not.
`;

export const configCommand = (environment: Environment): Command => ({
  name: 'config',
  summary: 'prints the effective configuration, without secrets',
  usage: USAGE,
  run(arguments_, { out, err }) {
    if (arguments_.length > 0) throw new UsageError('config takes no arguments');
    const settings = effectiveSettings(environment).map(({ variable, value, from }) => [variable, value, from]);
    const { config, problem } = read(environment);
    const columns = [{ title: 'setting' }, { title: 'value' }, { title: 'from' }];
    out.write(table(columns, [...settings, ...(config === undefined ? [] : derivedFrom(config))]));
    if (problem !== undefined) {
      err.write(`The server would not start: ${problem}\n`);
      return Promise.resolve(1);
    }
    for (const lookalike of lookalikesIn(environment)) err.write(`${hintOf(lookalike)}\n`);
    return Promise.resolve(0);
  },
});

function read(environment: Environment): { readonly config?: Config; readonly problem?: string } {
  try {
    return { config: readConfig(environment) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problem: error.message };
  }
}

/** What follows from several settings. */
const derivedFrom = (config: Config): readonly (readonly string[])[] => [
  ['(ledger)', nameOfLedger(config), 'derived'],
  ...(config.eventStoreUrl === undefined ? [['(ledger is)', ledgerState(config), 'derived']] : []),
  ['(read models)', readModelsOf(config), 'derived'],
  ['(tokens)', verificationOf(config), 'derived'],
];

function readModelsOf(config: Config): string {
  if (config.redis !== undefined) return `Redis, keys ${redisKeyPrefix(config)}*`;
  return hasReadModelFile(config) ? resolve(readModelFile(config)) : 'memory';
}

function ledgerState(config: Config): string {
  const kind = ledgerKindOf(resolve(ledgerFile(config)));
  return kind === undefined
    ? `new: a ${config.demo ? 'demo' : 'real'} ledger will be created`
    : `there: a ${kind} ledger`;
}

function verificationOf({ demo, auth }: Config): string {
  if (demo) return 'verified by the demo';
  if (auth.issuersFile !== undefined) return 'verified by AUTH_ISSUERS_FILE';
  if (auth.secret !== undefined) return 'verified by AUTH_JWT_SECRET';
  return auth.jwksUrl === undefined ? 'verified by the keys that AUTH_ISSUER publishes' : 'verified by AUTH_JWKS_URL';
}
