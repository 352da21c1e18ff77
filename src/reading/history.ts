import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { unwrap } from '../kernel/refusal';
import { Change } from '../read-model/change';
import { documentKey } from '../read-model/temporal-store';
import { CursorPath, placeOfCursor } from './cursors';
import { LedgerReader } from './ledger-reader';
import { cutPage, Page, PageRequest } from './pages';
import { Loaded, Scope } from './scope';

export interface HistoryPage {
  readonly page: Page<Change>;
  /** The log has been looked at up to here. */
  readonly position: bigint;
}

/**
 * A page of an entity's changes on record up to the scope, in log order; a cursor is a position. Refuses a wrong cursor, and one beyond
 * the head, as `Refused`.
 */
export async function historyOf(
  scope: Scope,
  { entity }: Loaded<unknown>,
  request: PageRequest,
  reader: Pick<LedgerReader, 'resolve'>,
): Promise<HistoryPage> {
  await requireOnRecord(scope, request, reader);
  const key = documentKey(entity.entityType, entity.code);
  const page = await cutPage<Change>(request, async ({ after, before, limit, backward }) => {
    const range = { after: startOf(after), upTo: endOf(scope, before), limit, last: backward };
    const versions = await scope.services.store.walk(key, range, 'change');
    return versions.flatMap(({ change }) => (change === undefined ? [] : [{ cursor: cursorOf(change), node: change }]));
  });
  const [start, end] = [startOf(request.after), endOf(scope, request.before)];
  const isCutShort = page.hasNext && !request.backward;
  const lookedAt = isCutShort ? page.edges.at(-1)?.node.event.position : end;
  return { page, position: lookedAt !== undefined && lookedAt > start ? lookedAt : start };
}

/** A position past the scope may still be one of the ledger's. */
async function requireOnRecord(
  scope: Scope,
  { after = '0', before = '0' }: PageRequest,
  reader: Pick<LedgerReader, 'resolve'>,
): Promise<void> {
  for (const position of [positionOf(after, '/after'), positionOf(before, '/before')]) {
    if (position > scope.position) unwrap(await reader.resolve({ position }));
  }
}

const cursorOf = ({ event }: Change): string => event.position.toString();

const startOf = (after: string | undefined): bigint => (after === undefined ? 0n : positionOf(after, '/after'));

function endOf(scope: Scope, before: string | undefined): bigint {
  const end = before === undefined ? scope.position : positionOf(before, '/before') - 1n;
  return end < 0n ? 0n : end < scope.position ? end : scope.position;
}

const positionOf = (cursor: string, path: CursorPath): bigint =>
  placeOfCursor(cursor, path, parsePosition, POSITION_EXPECTED);
