import Database from 'libsql';
import { Membership, MemberPage } from '../../temporal-store';
import { BulkInsert } from './bulk-insert';

export const MEMBER_LAYOUT = `
  CREATE TABLE models.member (
    collection TEXT NOT NULL,
    code BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (collection, code)
  ) STRICT, WITHOUT ROWID;
`;

/** Bytes in the order of the code's UTF-16 code units. */
const ordered = (code: string): Buffer => Buffer.from(code, 'utf16le').swap16();
const readCode = (bytes: Buffer): string => Buffer.from(bytes).swap16().toString('utf16le');

const UNLIMITED = -1;

/** The members of each collection, with the position from which on each belongs to it. */
export class MemberTable {
  private readonly insert: BulkInsert;
  private readonly pages = new Map<string, Database.Statement>();

  constructor(private readonly database: Database.Database) {
    this.insert = new BulkInsert(database, 'INSERT OR IGNORE INTO models.member (collection, code, since)', 3);
  }

  add({ collection, code }: Membership, since: bigint): void {
    this.insert.add(collection, ordered(code), since);
  }

  flush(): void {
    this.insert.flush();
  }

  clear(): void {
    this.insert.clear();
  }

  page(collection: string, at: bigint, { after, before, limit = UNLIMITED, last = false }: MemberPage): string[] {
    const bounds = [after, before].flatMap((bound) => (bound === undefined ? [] : [ordered(bound)]));
    const statement = this.paging({ hasAfter: after !== undefined, hasBefore: before !== undefined, last });
    const rows = statement.all([collection, at, ...bounds, limit]) as [Buffer][];
    const codes = rows.map(([code]) => readCode(code));
    return last ? codes.reverse() : codes;
  }

  private paging(page: { hasAfter: boolean; hasBefore: boolean; last: boolean }): Database.Statement {
    const { hasAfter, hasBefore, last } = page;
    const sql = `SELECT code FROM models.member WHERE collection = ? AND since <= ?${hasAfter ? ' AND code > ?' : ''}${
      hasBefore ? ' AND code < ?' : ''
    } ORDER BY code ${last ? 'DESC' : 'ASC'} LIMIT ?`;
    let known = this.pages.get(sql);
    if (known === undefined) this.pages.set(sql, (known = this.database.prepare(sql).raw()));
    return known;
  }
}
