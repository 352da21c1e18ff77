import type { FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal';

/** Refuses a header Host that names no host (RFC 9112, 3.2). */
export function requireReadableHost({ headers: { host } }: FastifyRequest): void {
  if (host === undefined || URL.canParse(`http://${host}/`)) return;
  throw new HttpRefusal('BAD_USER_INPUT', 'The header Host names no host');
}

/** Refuses an address whose percent-encoding is not UTF-8: URLSearchParams would decode it to U+FFFD. */
export function requireReadableAddress({ url }: FastifyRequest): void {
  if (!url.includes('%')) return;
  try {
    decodeURIComponent(url);
  } catch {
    throw new HttpRefusal('BAD_USER_INPUT', 'The address is not percent-encoded UTF-8');
  }
}
