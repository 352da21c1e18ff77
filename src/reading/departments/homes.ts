import { FOLLOW_UP_COLLECTIONS } from '../../read-model/follow-ups';
import { DocumentKey } from '../../read-model/temporal-store';

/**
 * Where the department of a document is found: in its code (`D1`, `D1.2023`, `D1.2023/L1`), or in its state. `LEDGER`: it belongs to
 * no department, and every reader of the ledger sees it.
 */
export type DocumentHome = 'CODE' | 'LEDGER' | ((state: unknown) => string);

/**
 * Where the department of a member of a collection is found. `NAME`: the collection belongs to one department, whose code follows the
 * slash in its name. `MEMBERS`: the code of each member has it. `PARTS`: each department has a collection of its own, `<name>/<department>`,
 * and this one has the members of all. `DOCUMENTS`: the document of each member has it. `LEDGER`: no answer to a client shows the members,
 * or they belong to no department.
 */
export type CollectionHome = 'NAME' | 'MEMBERS' | 'PARTS' | 'LEDGER' | { readonly documents: string };

/** To which departments the documents and collections of a feature belong. */
export interface Homes {
  /** By the kind of document. */
  readonly documents: Readonly<Record<string, DocumentHome>>;
  /** By the name of the collection; if it has a slash, up to the slash. */
  readonly collections: Readonly<Record<string, CollectionHome>>;
}

/** The homes that no feature declares. */
export const COMMON_HOMES: Homes = {
  documents: {},
  collections: Object.fromEntries(FOLLOW_UP_COLLECTIONS.map((name) => [name, 'LEDGER'])),
};

/** The homes of all features. A document or a collection that nobody has declared is not read. */
export class LedgerHomes {
  constructor(
    private readonly documents: ReadonlyMap<string, DocumentHome>,
    private readonly collections: ReadonlyMap<string, CollectionHome>,
  ) {}

  ofKind(kind: string): DocumentHome {
    return this.documents.get(kind) ?? undeclared(`documents ${kind}`);
  }

  ofCollection(collection: string): CollectionHome {
    const upToSlash = collection.slice(0, collection.indexOf('/') + 1);
    return this.collections.get(upToSlash || collection) ?? undeclared(collection);
  }
}

function undeclared(what: string): never {
  throw new Error(`No feature declares to which department ${what} belongs`);
}

/** No code of a department holds a dot or a slash. */
export function departmentIn(code: string): string {
  const end = code.search(/[./]/);
  return end < 0 ? code : code.slice(0, end);
}

/** What follows the first slash: of a key the code, of a collection whose it is. */
export const afterSlash = (text: DocumentKey | string): string => text.slice(text.indexOf('/') + 1);
export const kindOf = (key: DocumentKey): string => key.slice(0, key.indexOf('/'));
