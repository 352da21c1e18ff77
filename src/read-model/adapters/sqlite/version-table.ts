import Database from 'libsql';
import { DamagedReadModels, LostReadModels } from '../../../kernel/outage';
import { Interval, NO_END } from '../../known-intervals';
import { ByteRange, DocumentKey, DocumentWrite, Version, VersionRange } from '../../temporal-store';
import { boundedRange, SizedPosition } from './bounded-range';
import { BulkInsert } from './bulk-insert';
import { ChangeRow, ChangeTable } from './change-table';
import { checksumOf, requireIntact } from './checksums';
import { DocumentTable } from './document-table';

/**
 * Versions are in the order in which they were written, so that a batch writes few pages. An index finds those of a document.
 */
export const VERSION_LAYOUT = `
  CREATE TABLE models.version (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    carries_change INTEGER NOT NULL,
    state TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX models.version_of_document ON version (document, position);
`;

/** A version without its change. */
export interface HeldVersion {
  readonly version: Version;
  readonly carriesChange: boolean;
}

type HeldRow = readonly [
  key: string,
  position: bigint,
  revision: bigint,
  carriesChange: bigint,
  state: string,
  checksum: bigint,
  until: bigint | null,
];
type WalkRow = readonly [
  position: bigint,
  revision: bigint,
  carriesChange: bigint,
  state: string | null,
  checksum: bigint,
  content: string | null,
  contentChecksum: bigint | null,
];

/** `document`: what the id of the document is. */
const inForce = (document: string): string => `
  models.version v ON v.id = (
    SELECT w.id FROM models.version w WHERE w.document = ${document} AND w.position <= ?2 ORDER BY w.position DESC LIMIT 1
  )`;
const HELD = `v.position, v.revision, v.carries_change, v.state, v.checksum, (
    SELECT n.position FROM models.version n
    WHERE n.document = v.document AND n.position > v.position ORDER BY n.position LIMIT 1
  )`;
const IN_RANGE = `
  FROM models.document d
  CROSS JOIN models.version v ON v.document = d.id
  LEFT JOIN models.change c ON v.carries_change = 1 AND c.position = v.position
  WHERE d.key = ?1 AND v.position > ?2 AND v.position <= ?3 ORDER BY v.position`;
const UNLIMITED = -1;

/** Every version of each document. */
export class VersionTable {
  private readonly insert: BulkInsert;
  private readonly one: Database.Statement;
  private readonly many: Database.Statement;
  private readonly sizes: Database.Statement;
  private readonly walks = new Map<string, Database.Statement>();

  constructor(
    private readonly database: Database.Database,
    private readonly documents: DocumentTable,
    private readonly changes: ChangeTable,
  ) {
    this.insert = new BulkInsert(
      database,
      'INSERT INTO models.version (document, position, revision, carries_change, state, checksum)',
      6,
    );
    this.one = database
      .prepare(`SELECT d.key, ${HELD} FROM models.document d CROSS JOIN ${inForce('d.id')} WHERE d.key = ?1`)
      .raw();
    this.many = database
      .prepare(
        `SELECT d.key, ${HELD} FROM json_each(?1) k CROSS JOIN models.document d ON d.key = k.value CROSS JOIN ${inForce('d.id')}`,
      )
      .raw();
    this.sizes = database
      .prepare(
        `SELECT v.position, octet_length(v.state) * ?5 + coalesce(octet_length(c.content), 0) ${IN_RANGE} LIMIT ?4`,
      )
      .raw();
  }

  /** Throws `DamagedReadModels` if the version does not follow the document's newest one. */
  add({ key, revision, state, carriesChange = false }: DocumentWrite, position: bigint): void {
    const document = this.documents.toWrite(key);
    if (revision !== document.revision + 1) {
      throw new DamagedReadModels(
        `Document ${key} is at revision ${document.revision}, but the change at position ${String(position)} has revision ${revision}`,
      );
    }
    document.revision = revision;
    const text = JSON.stringify(state);
    this.insert.add(document.id, position, revision, carriesChange ? 1 : 0, text, checksumOf(text));
  }

  flush(): void {
    this.insert.flush();
  }

  clear(): void {
    this.insert.clear();
  }

  /** The versions in force at a position, by key. The newest one of a document has no end. */
  inForce(keys: readonly DocumentKey[], at: bigint): ReadonlyMap<DocumentKey, Interval<HeldVersion>> {
    const rows = (keys.length === 1 ? [this.one.get([keys[0], at])] : this.many.all([JSON.stringify(keys), at])) as (
      HeldRow | undefined
    )[];
    return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row[0] as DocumentKey, heldVersion(row)]])));
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): readonly Version[] {
    const withState = wanted !== 'change';
    const { after, upTo, limit = UNLIMITED, last = false } = this.bounded(key, range, withState);
    const rows = this.walking(last, withState).all([key, after, upTo, limit]) as WalkRow[];
    return (last ? rows.reverse() : rows).map((row) => this.walked(key, row));
  }

  private bounded(key: DocumentKey, range: ByteRange, withState: boolean): VersionRange {
    return boundedRange(
      range,
      ({ after, upTo }, limit) => this.sizes.all([key, after, upTo, limit, withState ? 1 : 0]) as SizedPosition[],
    );
  }

  private walking(last: boolean, withState: boolean): Database.Statement {
    const name = `${last} ${withState}`;
    let known = this.walks.get(name);
    if (known === undefined) {
      const columns = `v.position, v.revision, v.carries_change, ${withState ? 'v.state' : 'NULL'}, v.checksum, c.content, c.checksum`;
      known = this.database.prepare(`SELECT ${columns} ${IN_RANGE} ${last ? 'DESC' : ''} LIMIT ?4`).raw();
      this.walks.set(name, known);
    }
    return known;
  }

  private walked(key: DocumentKey, row: WalkRow): Version {
    const [position, number, carriesChange, text, checksum, content, contentChecksum] = row;
    const revision = Number(number);
    const state = text === null ? null : readState(text, checksum, key);
    if (carriesChange === 0n) return { position, revision, state };
    const change: ChangeRow | undefined =
      content === null || contentChecksum === null ? undefined : [position, content, contentChecksum];
    if (change === undefined) throw new LostReadModels(`The change at position ${String(position)} is lost`);
    return { position, revision, state, change: this.changes.read(change) };
  }
}

function heldVersion([key, position, revision, carriesChange, state, checksum, until]: HeldRow): Interval<HeldVersion> {
  const version = { position, revision: Number(revision), state: readState(state, checksum, key) };
  return {
    value: { version, carriesChange: carriesChange === 1n },
    from: position,
    until: until ?? NO_END,
    bytes: state.length,
  };
}

function readState(text: string, checksum: bigint, key: string): unknown {
  requireIntact(text, checksum, `version of ${key}`);
  return JSON.parse(text);
}
