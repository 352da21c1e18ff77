/** The ledger to ask, and who asks. */
export interface Server {
  /** Where the server is, such as `https://ledger.city.example`, with the path before `/graphql` if a proxy adds one. */
  readonly url: string;
  /** A bearer token. A function is called for each request and each connection, so that an expired token is replaced. */
  readonly token: string | (() => string | Promise<string>);
  /** Of an environment without a WebSocket of its own, such as Node.js 20: the default export of `ws`. */
  readonly webSocketImpl?: unknown;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
}

export const httpAddress = ({ url }: Server): string => `${url.replace(/\/+$/, '')}/graphql`;

export const webSocketAddress = (server: Server): string => httpAddress(server).replace(/^http/, 'ws');

export async function authorizationOf({ token }: Server): Promise<string> {
  return `Bearer ${typeof token === 'string' ? token : await token()}`;
}
