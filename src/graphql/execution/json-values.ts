/** How many values a JSON value holds besides itself. */
export function valuesIn(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0;
  let count = 0;
  for (const value of Object.values(json)) count += 1 + valuesIn(value);
  return count;
}
