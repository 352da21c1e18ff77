import { UsageError } from './command';

/** Options of every command that has a server make a file as of a moment. */
export const FILE_OPTIONS = {
  out: { type: 'string', short: 'o' },
  'as-of': { type: 'string' },
  'known-at': { type: 'string' },
  position: { type: 'string' },
  server: { type: 'string' },
  token: { type: 'string' },
} as const;

/** Their values as parameters of an address, with the question mark; empty if there are none. */
export function queryOf(
  values: Readonly<Partial<Record<keyof typeof FILE_OPTIONS, string>>>,
  more: Readonly<Record<string, string | undefined>>,
): string {
  const { 'as-of': effectiveAt, 'known-at': knownAt, position } = values;
  const given = Object.entries({ effectiveAt, knownAt, position, ...more }).flatMap(
    ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** `441300-DSJ/2023`, for an address. */
export function yearPath(
  department: string | undefined,
  year: string | undefined,
  more: readonly string[],
  command: string,
): string {
  if (department === undefined || year === undefined || more.length > 0) {
    throw new UsageError(`${command} needs a department and a year, for example: 441300-DSJ 2023`);
  }
  if (!/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  return `${encodeURIComponent(department)}/${year}`;
}
