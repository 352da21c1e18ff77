import { keysOfPointer } from '../kernel/json-pointer';

/** Leads to a value in the claims of a token, through objects only. */
export type ClaimPath = readonly string[];

/**
 * Reads a path. A text that begins with `/` is a JSON Pointer (RFC 6901), which can write every name. A text with `://` is one
 * claim whose name is a URL. Any other text is names separated by dots. undefined if it is no path.
 */
export function parseClaimPath(text: string): ClaimPath | undefined {
  const path = text.startsWith('/') ? keysOfPointer(text) : text.includes('://') ? [text] : text.split('.');
  return path?.every((name) => name !== '' && name.trim() === name) ? path : undefined;
}

/** undefined if the claims have nothing there. */
export function claimAt(claims: unknown, path: ClaimPath): unknown {
  let value = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
