import { Cell, csvLine } from './csv-line';
import { ExportedChange, exportedChange } from './exported-change';
import { ExportFormat, Format, FormatOptions } from './format';

const COLUMNS: readonly (readonly [string, (change: ExportedChange) => Cell])[] = [
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
];
const TITLES = COLUMNS.map(([title]) => title);

const writer = ({ byteOrderMark, forSpreadsheets }: FormatOptions): Format => ({
  contentType: 'text/csv; charset=utf-8; header=present',
  start: `${byteOrderMark ? '\ufeff' : ''}${csvLine(TITLES, false)}`,
  item: (change) => {
    const exported = exportedChange(change);
    const cells = COLUMNS.map(([, cell]) => cell(exported));
    return csvLine(cells, forSpreadsheets);
  },
  end: () => '',
});

export const csv: ExportFormat = { mediaType: 'text/csv', paths: ['/changes', '/changes.csv'], writer };
