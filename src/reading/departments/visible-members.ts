import { longWork, Worker } from '../../kernel/turns';
import { documentKey, DocumentKey, MemberPage, TemporalReader } from '../../read-model/temporal-store';
import { Visibility } from './visibility';

/** A page is filled from batches of at least this many members. */
const BATCH = 500;

type Store = Pick<TemporalReader, 'members' | 'versions'>;

/** Reads collections of which a caller sees only a part. */
export class VisibleMembers {
  constructor(
    private readonly store: Store,
    private readonly visibility: Visibility,
    private readonly worker: Worker | undefined,
  ) {}

  /** Members whose codes have their department. */
  byCode(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    return this.filtered(collection, at, page, (codes) => codes.filter((code) => this.visibility.showsCode(code)));
  }

  /** Members whose documents have their department. */
  byDocument(collection: string, kind: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    return this.filtered(collection, at, page, async (codes) => {
      const keys = codes.map((code) => documentKey(kind, code));
      const versions = await this.store.versions(keys, at, 'state');
      return codes.filter((_, index) => {
        const version = versions[index];
        return version !== undefined && this.visibility.showsVersion(keys[index] as DocumentKey, version);
      });
    });
  }

  /** The members of the departments' own collections, in one order. */
  async ofParts(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    const parts = (await this.departments(at)).map((department) => `${collection}/${department}`);
    const { limit = Infinity, last = false } = page;
    let { after, before } = page;
    let found: readonly string[] = [];
    for (;;) {
      await longWork.turn(this.worker);
      // Twice the even share: departments are not of the same size.
      const share = limit === Infinity ? undefined : Math.ceil((2 * (limit - found.length)) / parts.length) + 1;
      const range = { after, before, limit: share, last };
      const pages = await Promise.all(parts.map(async (part) => this.store.members(part, at, range)));
      const more = pages.filter(({ length }) => length === share);
      const codes = pages.flat().sort();
      // Beyond the first end of a page that has more, members may be missing.
      const ends = more.map((codes) => codes.at(last ? 0 : -1) as string).sort();
      const end = ends.at(last ? -1 : 0);
      const sure = end === undefined ? codes : codes.filter((code) => (last ? code >= end : code <= end));
      found = last ? [...sure, ...found] : [...found, ...sure];
      if (end === undefined || found.length >= limit) return cut(found, page);
      if (last) before = end;
      else after = end;
    }
  }

  /** The departments that the caller may read and that exist. */
  private departments(at: bigint): Promise<readonly string[]> {
    return this.byCode('DEPARTMENT', at, {});
  }

  private async filtered(
    collection: string,
    at: bigint,
    page: MemberPage,
    shown: (codes: readonly string[]) => readonly string[] | Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const { limit = Infinity, last = false } = page;
    const size = limit === Infinity ? undefined : Math.max(limit, BATCH);
    let { after, before } = page;
    let found: readonly string[] = [];
    for (;;) {
      await longWork.turn(this.worker);
      const codes = await this.store.members(collection, at, { after, before, limit: size, last });
      const visible = await shown(codes);
      found = last ? [...visible, ...found] : [...found, ...visible];
      if (size === undefined || codes.length < size || found.length >= limit) return cut(found, page);
      if (last) before = codes[0];
      else after = codes.at(-1);
    }
  }
}

const cut = (codes: readonly string[], { limit = codes.length, last = false }: MemberPage): readonly string[] =>
  last ? codes.slice(Math.max(0, codes.length - limit)) : codes.slice(0, limit);
