import { StreamNames } from '../../../event-store/streams';
import { LostReadModels, Outage, ReadModelBehind } from '../../../kernel/outage';
import { Telemetry } from '../../../kernel/telemetry';
import { translating } from './driver-errors';
import { closeReadModelFile, discardFile, openReadModelFile } from './read-model-file';
import { ReadModelTables } from './tables';

export interface OpenTablesOptions {
  /** The database file. Its folder is created. While it is open, SQLite's write-ahead log is next to it. */
  readonly path: string;
  readonly streams: StreamNames;
  /** Learns why read models were thrown away. */
  readonly telemetry: Telemetry;
  /** Whether read models that cannot be used are refused with `LostReadModels`. By default they are thrown away, and new ones begin. */
  readonly mustFit?: boolean;
  /** What is kept in memory of what was read, at most; by default nothing. */
  readonly cacheBytes?: number;
}

/**
 * The file while it is open. Once it turns out to be damaged, nothing is read from it any more: the projector finds that at its next
 * check, and begins a new file.
 */
export class OpenTables {
  private tables: ReadModelTables | undefined;
  private damage: LostReadModels | undefined;
  private isClosed = false;

  constructor(private readonly options: OpenTablesOptions) {
    this.opened();
  }

  get isDamaged(): boolean {
    return this.damage !== undefined;
  }

  /** Throws the damage if there is any. */
  requireSound(): void {
    if (this.damage !== undefined) throw this.damage;
  }

  use<T>(work: (tables: ReadModelTables) => T): T {
    if (this.damage !== undefined) throw new ReadModelBehind('The read models are being built');
    const tables = this.opened();
    try {
      return translating(this.options.path, () => work(tables));
    } catch (error) {
      if (error instanceof LostReadModels) this.damage = error;
      throw error;
    }
  }

  /** Begins a new file. */
  discard(): void {
    this.requireOpen();
    this.closeFile();
    discardFile(this.options.path);
    this.damage = undefined;
    this.opened();
  }

  close(): void {
    this.isClosed = true;
    this.closeFile();
  }

  requireOpen(): void {
    if (this.isClosed) throw new Outage(`Read models in ${this.options.path}: they are closed`);
  }

  /** If the last attempt to open the file has failed, tries again. */
  private opened(): ReadModelTables {
    this.requireOpen();
    if (this.tables !== undefined) return this.tables;
    const { path, streams, telemetry, mustFit = false } = this.options;
    const onUnfit = (error: LostReadModels): void => {
      if (mustFit) throw error;
      telemetry.report({ kind: 'trouble', source: 'read-models', error });
    };
    const database = openReadModelFile({ path, prefix: streams.prefix, onUnfit });
    try {
      this.tables = translating(path, () => new ReadModelTables(database, streams));
      return this.tables;
    } catch (error) {
      closeReadModelFile(database);
      throw error;
    }
  }

  private closeFile(): void {
    const { tables } = this;
    this.tables = undefined;
    if (tables === undefined) return;
    const { path } = this.options;
    try {
      translating(path, () => {
        closeReadModelFile(tables.database);
      });
    } catch (error) {
      // The pages of a damaged file cannot all be copied into it.
      if (!(error instanceof LostReadModels)) throw error;
    }
  }
}
