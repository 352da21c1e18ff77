import { longWork } from '../../kernel/turns';
import { Condition } from '../entity-filter';
import { Lineage } from '../lineage';
import { Loaded, Reading, Scope } from '../scope';

/** How many entities are read at once: in memory about a millisecond's work. */
const PAGE = 100;

/** Which entities of a kind are rows of a table. */
export interface Wanted<View> {
  /** Left out: those of every department. */
  readonly departments?: readonly string[];
  readonly condition?: Condition<View>;
}

/** The wanted entities of a kind, in the order of their codes, in pages. */
export async function* pagesOfTable<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  lineage: Pick<Lineage, 'collection' | 'codesOf'>,
  { departments, condition }: Wanted<View>,
): AsyncGenerator<readonly Loaded<View>[]> {
  const pages =
    departments === undefined
      ? pagesOfMembers(scope, lineage.collection)
      : pagesOfList(await codesOfDepartments(scope, lineage, departments));
  for await (const codes of pages) {
    await longWork.turn(scope.services.work);
    const loaded = await scope.existing(reading, codes);
    yield condition === undefined ? loaded : loaded.filter(({ view }) => condition(view));
  }
}

async function* pagesOfMembers(scope: Scope, collection: string): AsyncGenerator<readonly string[]> {
  for (let after: string | undefined; ;) {
    const codes = await scope.members(collection, { after, limit: PAGE });
    yield codes;
    if (codes.length < PAGE) return;
    after = codes.at(-1);
  }
}

function* pagesOfList(codes: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < codes.length; start += PAGE) yield codes.slice(start, start + PAGE);
}

async function codesOfDepartments(
  scope: Scope,
  { codesOf }: Pick<Lineage, 'codesOf'>,
  departments: readonly string[],
): Promise<readonly string[]> {
  const codes = new Set<string>();
  for (const department of departments) {
    await longWork.turn(scope.services.work);
    for (const code of await codesOf(scope, department)) codes.add(code);
  }
  return [...codes].sort();
}
