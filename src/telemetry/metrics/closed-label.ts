/** Maps names that may come from a client to a closed set, so that no caller can add series. */
export const closedLabel = (known: Iterable<string>, otherwise = 'other'): ((name: string) => string) => {
  const names = new Set(known);
  return (name) => (names.has(name) ? name : otherwise);
};
