import { RedisOptions } from 'ioredis';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, and how to connect to it. */
export type RedisTarget = (
  | { readonly kind: 'single'; readonly node: Address; readonly db: number }
  | { readonly kind: 'cluster'; readonly nodes: readonly Address[] }
  | { readonly kind: 'sentinel'; readonly nodes: readonly Address[]; readonly master: string; readonly db: number }
) & { readonly access: Pick<RedisOptions, 'username' | 'password' | 'tls'> };

export const REDIS_URL_EXPECTED =
  'expected redis://host:6379/0, redis+cluster://host:7000,host:7001 or redis+sentinel://host:26379,host:26379/master-name; rediss for TLS';

const FORM = /^(rediss?)(?:\+(cluster|sentinel))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?$/;
const DEFAULT_PORTS = { single: 6379, cluster: 6379, sentinel: 26_379 } as const;

/**
 * `redis://[user:password@]host[:port][/db]` is one server; with several hosts it is a cluster, like `redis+cluster://`.
 * `redis+sentinel://host[:port],…/<master name>[/db]` asks Sentinels for the master. `rediss` uses TLS. User and password are
 * percent-encoded. undefined if the text has none of these forms.
 */
export function parseRedisUrl(text: string): RedisTarget | undefined {
  const [, scheme, form, credentials = '', hosts = '', path = ''] = FORM.exec(text) ?? [];
  const kind = (form ?? (hosts.includes(',') ? 'cluster' : 'single')) as RedisTarget['kind'];
  const nodes = hosts.split(',').map((host) => parseAddress(host, DEFAULT_PORTS[kind]));
  const access = parseAccess(credentials);
  if (scheme === undefined || access === undefined || !nodes.every((node) => node !== undefined)) return undefined;
  if (scheme === 'rediss') access.tls = {};
  const [node] = nodes as [Address];
  if (kind === 'single') {
    const db = parseDatabase(path);
    return db === undefined ? undefined : { kind, node, db, access };
  }
  if (kind === 'cluster') return path === '' || path === '0' ? { kind, nodes, access } : undefined;
  const [master = '', database = '', ...rest] = path.split('/');
  const db = parseDatabase(database);
  return master === '' || db === undefined || rest.length > 0 ? undefined : { kind, nodes, master, db, access };
}

function parseAddress(text: string, defaultPort: number): Address | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port ?? defaultPort) > 65_535) return undefined;
  return { host, port: Number(port ?? defaultPort) };
}

function parseAccess(credentials: string): { username?: string; password?: string; tls?: object } | undefined {
  if (credentials === '') return {};
  const [username = '', ...rest] = credentials.split(':');
  try {
    const password = decodeURIComponent(rest.join(':'));
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password }),
    };
  } catch {
    return undefined;
  }
}

const parseDatabase = (text: string): number | undefined =>
  text === '' ? 0 : /^\d{1,4}$/.test(text) ? Number(text) : undefined;
