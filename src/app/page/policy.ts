/** Characters of a host and a port: anything else does not get into a header. */
const HOST = /^[\w.:[\]-]+$/;

/**
 * What the page may load and do: everything from this server only, no inline code and no inline style. It asks this server, over
 * WebSocket too, and the identity provider.
 */
export function contentSecurityPolicy(host: string | undefined, issuer: string | undefined): string {
  const sockets = host !== undefined && HOST.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  const provider = issuer === undefined ? [] : [new URL(issuer).origin];
  return [
    "default-src 'self'",
    `connect-src ${["'self'", ...sockets, ...provider].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
