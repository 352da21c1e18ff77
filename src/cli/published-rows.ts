import { Dataset, RowsOf } from '../open-data/dataset';
import { Row } from '../open-data/field';
import { PublishedMoment } from '../open-data/moment';
import { remoteRows } from './remote-rows';
import { ServerAccess } from './server-access';

/** Reads datasets from a server, all at one moment. */
export const publishedRows = (access: ServerAccess, moment: PublishedMoment, signal: AbortSignal): RowsOf =>
  async function* ({ source }: Dataset): AsyncGenerator<Row> {
    if (source.kind === 'LIST') {
      yield* source.rows;
      return;
    }
    const { published = (row: Row) => row } = source;
    const path = `/${source.table}.ndjson?${parametersOf(moment, source.hasYears).toString()}`;
    for await (const row of remoteRows({ access, path, position: moment.position, signal })) {
      const shown = published(row);
      if (shown !== undefined) yield shown;
    }
  };

function parametersOf(
  { position, effectiveAt, departments, fiscalYear }: PublishedMoment,
  hasYears: boolean,
): URLSearchParams {
  const parameters = new URLSearchParams({ position });
  if (effectiveAt !== null) parameters.set('effectiveAt', effectiveAt);
  for (const department of departments ?? []) parameters.append('departments', department);
  if (hasYears && fiscalYear !== null) parameters.set('fiscalYear', String(fiscalYear));
  return parameters;
}
