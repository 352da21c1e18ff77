import Database from 'libsql';

/** A value that SQLite stores: numbers as integers. */
export type Column = string | number | bigint | Buffer;

const ROWS_PER_CALL = 32;

/** Inserts rows, many of them in one call of the driver: a call costs more than a row. */
export class BulkInsert {
  private readonly one: Database.Statement;
  private readonly many: Database.Statement;
  private columns: Column[] = [];

  /** `insert`: the statement up to `VALUES`. */
  constructor(
    database: Database.Database,
    insert: string,
    private readonly width: number,
  ) {
    const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
    this.one = database.prepare(`${insert} VALUES ${row}`);
    this.many = database.prepare(`${insert} VALUES ${Array.from({ length: ROWS_PER_CALL }, () => row).join(', ')}`);
  }

  /** The row is in the table after the next `flush`. */
  add(...row: readonly Column[]): void {
    this.columns.push(...row);
    if (this.columns.length < this.width * ROWS_PER_CALL) return;
    this.many.run(this.columns);
    this.columns = [];
  }

  flush(): void {
    for (let from = 0; from < this.columns.length; from += this.width) {
      this.one.run(this.columns.slice(from, from + this.width));
    }
    this.columns = [];
  }

  /** Drops the rows that were not inserted yet. */
  clear(): void {
    this.columns = [];
  }
}
