import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isLoopback } from '../machine/loopback';
import { UsageError } from './command';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerAccess {
  /** Without a slash at the end. */
  readonly address: string;
  readonly token: string;
}

/**
 * Which server to ask, and with which token: as the options say, else the environment. The demo's token is the last resort, and only
 * for a server of this machine: it is sent to no other.
 */
export function serverAccess(
  options: { readonly server?: string; readonly token?: string },
  environment: Environment,
): ServerAccess {
  const address = options.server ?? (environment.MINGJIAN_URL || 'http://127.0.0.1:4000');
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw new UsageError(`the server is given as http://host:port, not ${address}`);
  }
  const token = options.token ?? (environment.MINGJIAN_TOKEN || demoToken(address, environment.DATA_DIR || './data'));
  if (token === undefined) throw new UsageError('a token is needed: --token, or MINGJIAN_TOKEN');
  return { address: address.replace(/\/+$/, ''), token };
}

/** The auditor's, if a demo server has left its tokens. */
function demoToken(address: string, dataDir: string): string | undefined {
  // An IPv6 host stands in brackets.
  if (!isLoopback(new URL(address).hostname.replace(/^\[|\]$/g, ''))) return undefined;
  try {
    const tokens = JSON.parse(readFileSync(path.join(dataDir, 'demo-tokens.json'), 'utf8')) as {
      readonly auditor?: { readonly token?: string };
    };
    return tokens.auditor?.token;
  } catch {
    return undefined;
  }
}
