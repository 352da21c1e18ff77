import Database from 'libsql';
import { StreamNames } from '../../../event-store/streams';
import { pointAfter } from '../../change';
import { ProjectedChange } from '../../temporal-store';
import { ChangeTable } from './change-table';
import { DocumentTable } from './document-table';
import { Inspection } from './inspection';
import { MemberTable } from './member-table';
import { StateRow } from './state-row';
import { VersionTable } from './version-table';

/** The tables of one file, and the way in which they are written together. */
export class ReadModelTables {
  readonly state: StateRow;
  readonly changes: ChangeTable;
  readonly versions: VersionTable;
  readonly members: MemberTable;
  readonly inspection: Inspection;
  private readonly documents: DocumentTable;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;

  constructor(
    readonly database: Database.Database,
    streams: StreamNames,
  ) {
    this.state = new StateRow(database);
    this.changes = new ChangeTable(database, streams);
    this.documents = new DocumentTable(database);
    this.versions = new VersionTable(database, this.documents, this.changes);
    this.members = new MemberTable(database);
    this.inspection = new Inspection(database);
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commit = database.prepare('COMMIT');
  }

  /** Writes all of the changes and moves the checkpoint, or nothing. No read comes in between. */
  write(batch: readonly ProjectedChange[]): void {
    const last = batch.at(-1);
    if (last === undefined) return;
    this.begin.run();
    try {
      for (const projected of batch) this.add(projected);
      for (const table of this.written) table.flush();
      this.state.move(pointAfter(last.change));
      this.commit.run();
    } catch (error) {
      for (const table of this.written) table.clear();
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private add({ change, documents, members }: ProjectedChange): void {
    const { position } = change.event;
    this.changes.add(change);
    for (const document of documents) this.versions.add(document, position);
    for (const member of members) this.members.add(member, position);
  }

  private get written(): readonly { flush(): void; clear(): void }[] {
    return [this.changes, this.documents, this.versions, this.members];
  }
}
