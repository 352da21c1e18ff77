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
 * Which server to ask, and with which token: from the options, else from the environment. The demo token is the last choice,
 * and is sent only to a server on this machine.
 */
export function serverAccess(
  options: { readonly server?: string; readonly token?: string },
  environment: Environment,
  demoPerson: 'auditor' | 'clerk' = 'auditor',
): ServerAccess {
  const address = options.server ?? (environment.MINGJIAN_URL || 'http://127.0.0.1:4000');
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw new UsageError(`the server must be given as http://host:port, not ${address}`);
  }
  const token =
    options.token ?? (environment.MINGJIAN_TOKEN || demoToken(address, environment.DATA_DIR || './data', demoPerson));
  if (token === undefined) throw new UsageError('a token is needed: --token, or MINGJIAN_TOKEN');
  return { address: address.replace(/\/+$/, ''), token };
}

/** The token of a person of the demo, if a demo server has written its tokens. */
function demoToken(address: string, dataDir: string, person: string): string | undefined {
  // URL keeps the brackets around an IPv6 address.
  if (!isLoopback(new URL(address).hostname.replace(/^\[|\]$/g, ''))) return undefined;
  try {
    const tokens = JSON.parse(readFileSync(path.join(dataDir, 'demo-tokens.json'), 'utf8')) as Readonly<
      Record<string, { readonly token?: string } | undefined>
    >;
    return tokens[person]?.token;
  } catch {
    return undefined;
  }
}
