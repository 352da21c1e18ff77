import { askEach } from '../../api/ask-each';
import { batchesOf } from '../../api/batches';
import { Failure } from '../../api/failure';
import { figureIn, figureVariables } from '../../blame/figure-at';
import { FieldSource } from '../../blame/figure-source';
import { FigureAtTwelveDocument, FigureAtTwelveQuery } from '../../generated/documents';
import { Axes, Cell, cellsOf, momentIn } from './plane';

const AT_ONCE = 12;

/** The values of all cells, by column and row, as JSON texts. */
export type PlaneValues = readonly (readonly string[])[];

/** Asks the API about a moment in every cell. `onProgress` hears how much of it is answered, from 0 to 1. */
export async function readValues(
  axes: Axes,
  source: FieldSource & { readonly path: string },
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<{ readonly values: PlaneValues } | { readonly failure: Failure }> {
  const cells = cellsOf(axes);
  const values: string[][] = axes.known.map(() => []);
  const batches = batchesOf(cells, AT_ONCE);
  const answer = await askEach(
    FigureAtTwelveDocument,
    batches.map((batch) => variablesOf(axes, source, batch)),
    signal,
    onProgress,
  );
  if (!answer.ok) return { failure: answer.failure };
  for (const [index, batch] of batches.entries()) {
    const snapshots = answer.data[index];
    for (const [place, { column, row }] of batch.entries()) {
      const snapshot = snapshots?.[`at${place}` as keyof FigureAtTwelveQuery] ?? null;
      (values[column] as string[])[row] = JSON.stringify(figureIn(snapshot, source.path) ?? null);
    }
  }
  return { values };
}

/** A batch that is not full asks about its last cell again. */
function variablesOf(
  axes: Axes,
  { entityType, entity, path }: FieldSource & { readonly path: string },
  batch: readonly Cell[],
) {
  const at = (index: number) => momentIn(axes, (batch[index] ?? batch.at(-1)) as Cell);
  return {
    ...figureVariables(entityType, entity, path),
    at0: at(0),
    at1: at(1),
    at2: at(2),
    at3: at(3),
    at4: at(4),
    at5: at(5),
    at6: at(6),
    at7: at(7),
    at8: at(8),
    at9: at(9),
    at10: at(10),
    at11: at(11),
  };
}
