import { Instant } from '../kernel/time';

const SECONDS = /^\d{1,10}$/;
/** Of the forms of RFC 9110 the one that may be written: `Sun, 06 Nov 1994 08:49:37 GMT`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds from now that the header `Retry-After` asks for; 0 if it asks for nothing, or if nobody can read it. */
export function readRetryAfter(header: string | undefined, now: Instant): number {
  if (header === undefined) return 0;
  const text = header.trim();
  if (SECONDS.test(text)) return Number(text) * 1_000;
  const at = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
