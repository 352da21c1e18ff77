/** The rows of a CSV by the letter of RFC 4180: lines end in CRLF, and quotes stand only around whole fields. Throws if it is not one. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (found === null) throw new Error(`This is not RFC 4180: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, plain, end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('The last line does not end');
  return rows;
}

/** The rows below the header, by the names in the header. */
export function csvRecords(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`A row has ${row.length} fields, the header ${header.length}`);
    return Object.fromEntries(row.map((value, index) => [header[index], value]));
  });
}
