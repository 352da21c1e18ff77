const UINT64_MAX = 2n ** 64n - 1n;

export const POSITION_EXPECTED = 'must be a position of the log';

/** A position as the API writes it; undefined if it is malformed. */
export function parsePosition(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return undefined;
  const position = BigInt(text);
  return position <= UINT64_MAX ? position : undefined;
}
