import { Cell, csvLine } from './csv-line';
import { ChangeData, ExportedChange } from './exported-change';
import { ExportFormat, Format, FormatOptions } from './format';

const COLUMNS: readonly (readonly [string, (change: ChangeData) => Cell])[] = [
  ['id', ({ id }) => id],
  ['position', ({ position }) => position],
  ['sequence', ({ sequence }) => sequence],
  ['type', ({ type }) => type],
  ['entityType', ({ entityType }) => entityType],
  ['entity', ({ entity }) => entity],
  ['department', ({ department }) => department],
  ['fiscalYear', ({ fiscalYear }) => fiscalYear],
  ['revision', ({ revision }) => revision],
  ['recordedAt', ({ recordedAt }) => recordedAt],
  ['storedAt', ({ storedAt }) => storedAt],
  ['effectiveAt', ({ effectiveAt }) => effectiveAt],
  ['actor', ({ actor }) => actor.sub],
  ['actorName', ({ actor }) => actor.name],
  ['reason', ({ reason }) => reason],
  ['documentNo', ({ documentNo }) => documentNo],
  ['evidence', ({ evidence }) => (evidence.length === 0 ? null : JSON.stringify(evidence))],
  ['correlationId', ({ correlationId }) => correlationId],
  ['causationId', ({ causationId }) => causationId],
  ['data', ({ data }) => JSON.stringify(data)],
  ['corrects', ({ corrects }) => corrects],
  ['reverses', ({ reverses }) => reverses],
  ['confirmedBy', ({ confirmedBy }) => confirmedBy?.sub ?? null],
  ['confirmedByName', ({ confirmedBy }) => confirmedBy?.name ?? null],
  ['proposal', ({ proposal }) => proposal],
];
const WITH_FIELDS: typeof COLUMNS = [...COLUMNS, ['fields', ({ fields }) => JSON.stringify(fields)]];

function writer({ byteOrderMark, forSpreadsheets, withFields }: FormatOptions): Format<ExportedChange> {
  const columns = withFields ? WITH_FIELDS : COLUMNS;
  const titles = columns.map(([title]) => title);
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    start: `${byteOrderMark ? '\ufeff' : ''}${csvLine(titles, false)}`,
    item: ({ data }) =>
      csvLine(
        columns.map(([, cell]) => cell(data)),
        forSpreadsheets,
      ),
    end: () => '',
  };
}

export const csv: ExportFormat = { mediaType: 'text/csv', paths: ['/changes', '/changes.csv'], writer };
