import { isUtf8 } from 'node:buffer';

/** What a file of revoked tokens says. */
export interface RevocationList {
  readonly ids: readonly string[];
  /** What is wrong with it; undefined: nothing. */
  readonly problem: string | undefined;
}

/** Longer than any token, so than any id that one may have. */
const MAX_ID_LENGTH = 16_384;

/**
 * One `jti` in a line. Blank lines, and lines that begin with `#`, are comments. A line that can be no `jti` is a problem, but the
 * other lines count all the same: each of them keeps somebody out.
 */
export function readRevocationList(content: Buffer): RevocationList {
  if (!isUtf8(content)) return { ids: [], problem: 'it is not text in UTF-8' };
  const lines = content
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const wrong = lines.findIndex((line) => isEntry(line) && !isId(line));
  return {
    ids: lines.filter(canBeListed),
    problem: wrong === -1 ? undefined : `line ${wrong + 1} is no jti`,
  };
}

/** Whether some line of a list can revoke a token with this id. */
export const canBeListed = (id: string): boolean => isEntry(id) && isId(id);

const isEntry = (line: string): boolean => line !== '' && !line.startsWith('#');
const isId = (line: string): boolean => line.length <= MAX_ID_LENGTH && /^[^\s\p{Control}\p{Surrogate}]+$/u.test(line);
