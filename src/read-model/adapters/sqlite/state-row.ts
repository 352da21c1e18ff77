import Database from 'libsql';
import { LogPoint } from '../../change';

export const STATE_LAYOUT = `
  CREATE TABLE models.state (
    version TEXT NOT NULL,
    prefix TEXT NOT NULL,
    position INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
  ) STRICT;
`;

export interface State {
  readonly version: string;
  /** How far the read models have been written. */
  readonly checkpoint: LogPoint;
}

type Row = readonly [version: string, position: bigint, sequence: bigint, recordedAt: bigint];

/** The only row that says how far the read models are. */
export class StateRow {
  private readonly select: Database.Statement;
  private readonly update: Database.Statement;

  constructor(database: Database.Database) {
    this.select = database.prepare('SELECT version, position, sequence, recorded_at FROM models.state').raw();
    this.update = database.prepare('UPDATE models.state SET position = ?, sequence = ?, recorded_at = ?');
  }

  read(): State {
    const [version, position, sequence, recordedAt] = this.select.get([]) as Row;
    return { version, checkpoint: { position, sequence, recordedAt: Number(recordedAt) } };
  }

  move({ position, sequence, recordedAt }: LogPoint): void {
    this.update.run([position, sequence, BigInt(recordedAt)]);
  }
}
