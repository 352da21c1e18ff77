import { EntityName } from '../kernel/codes';
import { Limits } from '../kernel/limits';
import { Page, pageOfItems, PageRequest, wholeList } from '../reading/pages';
import { Scope } from '../reading/scope';
import { ChangeConnection, ChangeType } from './change';

/** Some changes of one entity, in log order. They are loaded only if they are answered. */
export interface ChangesFound {
  readonly scope: Scope;
  readonly entity: EntityName;
  readonly positions: readonly bigint[];
}

export const listOfChanges = ({ positions, ...found }: ChangesFound, limits: Limits): Promise<readonly ChangeType[]> =>
  load({ ...found, positions: positions.slice(0, wholeList(limits).limit) });

export async function pageOfChanges(
  { positions, ...found }: ChangesFound,
  request: PageRequest,
): Promise<ChangeConnection> {
  const page = await pageOfItems(positions, request, { cursorOf: String, nodeOf: (position) => position });
  const changes = await load({ ...found, positions: page.edges.map(({ node }) => node) });
  const edges = changes.map((node) => ({ cursor: node.position.toString(), node }));
  return changeConnection({ ...page, edges }, request, found.scope.positionShown(found.scope.position));
}

/** `end` is where the whole list ends. */
export const changeConnection = (page: Page<ChangeType>, { after }: PageRequest, end: bigint): ChangeConnection =>
  new ChangeConnection(page, page.hasNext ? (page.edges.at(-1)?.node.position ?? BigInt(after ?? 0)) : end);

const load = ({ scope, entity, positions }: ChangesFound): Promise<readonly ChangeType[]> =>
  Promise.all(positions.map(async (position) => new ChangeType(await scope.change(entity, position), scope)));
