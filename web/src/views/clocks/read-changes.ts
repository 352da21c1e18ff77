import { Failure } from '../../api/failure';
import { readList } from '../../api/read-list';
import { ChangesOnBothClocksDocument, ChangesOnBothClocksQuery } from '../../generated/documents';

type Recorded = Extract<NonNullable<ChangesOnBothClocksQuery['node']>, { readonly history: unknown }>;
type Node = Recorded['history']['nodes'][number];

export interface MappedChange extends Omit<Node, 'fieldsPage'> {
  /** The paths of the fields that it changed; undefined: too many to be listed. */
  readonly fields: readonly string[] | undefined;
}

/** To read more changes takes too long. */
export const MOST_CHANGES = 4_000;

export type ReadChanges = { readonly changes: readonly MappedChange[] } | { readonly failure: Failure };

/** The changes of an entity in order of recording, at least as many as it had when `revision` was asked for. */
export async function readChanges(id: string, revision: number, signal: AbortSignal): Promise<ReadChanges> {
  const pageIn = ({ node }: ChangesOnBothClocksQuery) =>
    node !== null && 'history' in node ? node.history : undefined;
  const document = ChangesOnBothClocksDocument;
  const found = await readList({ document, variables: { id }, pageIn, most: revision }, signal);
  return 'failure' in found ? found : { changes: found.nodes.map(mapped) };
}

const mapped = ({ fieldsPage, ...change }: Node): MappedChange => ({
  ...change,
  fields: fieldsPage.pageInfo.hasNextPage ? undefined : fieldsPage.nodes.map(({ path }) => path),
});
