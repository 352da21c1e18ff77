/** What a file may hold. A file with more is refused before anything parses it. */
export const FILE_BOUNDS = {
  /** Files in an .xlsx file. */
  entries: 200,
  /** Bytes of all of them together, unpacked. */
  unpackedBytes: 25_000_000,
  /** Unpacked bytes for each packed byte of one of them. */
  ratio: 200,
  sheets: 50,
  rows: 20_000,
  columns: 256,
  /** Cells of all sheets together, and merged areas. */
  cells: 150_000,
  merges: 2_000,
  /** Characters of one cell. */
  textLength: 20_000,
  /** Characters of all cells together. */
  characters: 4_000_000,
} as const;
