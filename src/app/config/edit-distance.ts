/** How many letters have to be added, removed, replaced, or exchanged with their neighbour, to make one text from the other. */
export function editDistance(from: string, to: string): number {
  /** Row i, column j: the distance between the first i letters of `from` and the first j letters of `to`. */
  const distances = [Array.from(`.${to}`, (_, column) => column)];
  const at = (row: number, column: number): number => distances[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    distances.push(current);
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isExchange = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isExchange ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
