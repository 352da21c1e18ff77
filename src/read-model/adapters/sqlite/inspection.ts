import Database from 'libsql';
import { requireIntact } from './checksums';

const ROWS_PER_STEP = 100;

type Row = readonly [id: bigint, text: string, checksum: bigint];

/** Compares all texts with their checksums, over and over, so that damage is found even in what is never read. */
export class Inspection {
  private readonly parts: readonly Part[];

  constructor(database: Database.Database) {
    this.parts = [
      new Part(database, 'SELECT id, state, checksum FROM models.version WHERE id > ? ORDER BY id', 'version'),
      new Part(
        database,
        'SELECT position, content, checksum FROM models.change WHERE position > ? ORDER BY position',
        'change',
      ),
    ];
  }

  /** Checks the next rows. Throws `LostReadModels`. */
  step(): void {
    for (const part of this.parts) part.step();
  }
}

class Part {
  private readonly rowsAfter: Database.Statement;
  private last = 0n;

  constructor(
    database: Database.Database,
    sql: string,
    private readonly what: string,
  ) {
    this.rowsAfter = database.prepare(`${sql} LIMIT ${ROWS_PER_STEP}`).raw();
  }

  step(): void {
    const rows = this.rowsAfter.all([this.last]) as Row[];
    for (const [, text, checksum] of rows) requireIntact(text, checksum, this.what);
    this.last = rows.length < ROWS_PER_STEP ? 0n : (rows.at(-1) as Row)[0];
  }
}
