import Database from 'libsql';
import { LRUCache } from 'lru-cache';
import { DocumentKey } from '../../temporal-store';
import { BulkInsert } from './bulk-insert';

/** Documents have short numbers, because each version names its document. */
export const DOCUMENT_LAYOUT = `
  CREATE TABLE models.document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
  ) STRICT;
`;

/** A document that is written to. */
export interface WrittenDocument {
  readonly id: bigint;
  /** Of its newest version. */
  revision: number;
}

type DocumentRow = readonly [id: bigint, revision: bigint | null];

const CACHED_DOCUMENTS = 50_000;

/** The numbers of the documents, and how far each of them is. */
export class DocumentTable {
  private readonly insert: BulkInsert;
  private readonly find: Database.Statement;
  private readonly highest: Database.Statement;
  private readonly known = new LRUCache<DocumentKey, WrittenDocument>({ max: CACHED_DOCUMENTS });
  /** Those that the batch touches: the tables do not have their newest versions yet. */
  private readonly touched = new Map<DocumentKey, WrittenDocument>();
  private newest: bigint | undefined;

  constructor(database: Database.Database) {
    this.insert = new BulkInsert(database, 'INSERT INTO models.document (id, key)', 2);
    this.find = database
      .prepare(
        `SELECT d.id, (SELECT v.revision FROM models.version v WHERE v.document = d.id ORDER BY v.position DESC LIMIT 1)
         FROM models.document d WHERE d.key = ?`,
      )
      .raw();
    this.highest = database.prepare('SELECT coalesce(max(id), 0) FROM models.document').raw();
  }

  /** The document with this key, which is added if there is none. */
  toWrite(key: DocumentKey): WrittenDocument {
    let document = this.touched.get(key);
    if (document === undefined) {
      document = this.known.get(key) ?? this.found(key) ?? this.added(key);
      this.touched.set(key, document);
    }
    return document;
  }

  flush(): void {
    this.insert.flush();
    for (const [key, document] of this.touched) this.known.set(key, document);
    this.touched.clear();
  }

  /** Forgets what was added but not written, and what was known of it. */
  clear(): void {
    this.insert.clear();
    this.touched.clear();
    this.known.clear();
    this.newest = undefined;
  }

  private found(key: DocumentKey): WrittenDocument | undefined {
    const row = this.find.get([key]) as DocumentRow | undefined;
    return row && { id: row[0], revision: Number(row[1] ?? 0n) };
  }

  private added(key: DocumentKey): WrittenDocument {
    this.newest ??= (this.highest.get([]) as [bigint])[0];
    const id = ++this.newest;
    this.insert.add(id, key);
    return { id, revision: 0 };
  }
}
