import { ask } from '../../api/ask';
import { Failure } from '../../api/failure';
import { ChangesOnBothClocksDocument, ChangesOnBothClocksQuery } from '../../generated/documents';

type Recorded = Extract<NonNullable<ChangesOnBothClocksQuery['node']>, { readonly history: unknown }>;
type History = Recorded['history'];
type Node = History['nodes'][number];

export interface MappedChange extends Omit<Node, 'fieldsPage'> {
  /** The paths of the fields that it changed. */
  readonly fields: readonly string[];
}

/** A map of more changes takes too many questions. */
export const MOST_CHANGES = 4_000;

export type ReadChanges =
  { readonly changes: readonly MappedChange[]; readonly isWhole: boolean } | { readonly failure: Failure };

/** All changes of an entity, in order of recording. */
export async function readChanges(id: string, signal: AbortSignal): Promise<ReadChanges> {
  const changes: MappedChange[] = [];
  let page: History | undefined;
  do {
    if (changes.length >= MOST_CHANGES) return { changes, isWhole: false };
    const answer = await ask(ChangesOnBothClocksDocument, { id, after: page?.pageInfo.endCursor }, signal);
    if (!answer.ok) return { failure: answer.failure };
    page = historyIn(answer.data);
    changes.push(...(page?.nodes ?? []).map(mapped));
  } while (page?.pageInfo.hasNextPage === true);
  return { changes, isWhole: true };
}

const mapped = ({ fieldsPage, ...change }: Node): MappedChange => ({
  ...change,
  fields: fieldsPage.nodes.map(({ path }) => path),
});

const historyIn = ({ node }: ChangesOnBothClocksQuery): History | undefined =>
  node !== null && 'history' in node ? node.history : undefined;
