import { Failure } from '../../api/failure';
import { readList } from '../../api/read-list';
import { ChangesOnBothClocksDocument, ChangesOnBothClocksQuery } from '../../generated/documents';

type Recorded = Extract<NonNullable<ChangesOnBothClocksQuery['node']>, { readonly history: unknown }>;
type Node = Recorded['history']['nodes'][number];

export interface MappedChange extends Omit<Node, 'fieldsPage'> {
  /** The paths of the fields that it changed; undefined: nobody asked for them, or they are too many to be listed. */
  readonly fields: readonly string[] | undefined;
}

/** The entity whose changes are read. */
export interface Mapped {
  readonly id: string;
  /** How many changes it has on record. */
  readonly revision: number;
  /** Whether the fields that each change has changed are needed. */
  readonly withFields: boolean;
}

/** To read more changes takes too long. */
export const MOST_CHANGES = 4_000;

/** The changes of an entity in order of recording, at least `revision` of them. `onProgress` hears how much is read, from 0 to 1. */
export async function readChanges(
  { id, revision, withFields }: Mapped,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<{ readonly changes: readonly MappedChange[] } | { readonly failure: Failure }> {
  const pageIn = ({ node }: ChangesOnBothClocksQuery) =>
    node !== null && 'history' in node ? node.history : undefined;
  const reading = { document: ChangesOnBothClocksDocument, variables: { id, withFields }, pageIn, most: revision };
  const found = await readList(reading, signal, (items) => {
    onProgress(Math.min(1, items / revision));
  });
  return 'failure' in found ? found : { changes: found.nodes.map(mapped) };
}

const mapped = ({ fieldsPage, ...change }: Node): MappedChange => ({
  ...change,
  fields: fieldsPage?.pageInfo.hasNextPage === false ? fieldsPage.nodes.map(({ path }) => path) : undefined,
});
