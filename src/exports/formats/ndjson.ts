import { exportedChange } from './exported-change';
import { ExportFormat, Format } from './format';

const writer: Format = {
  contentType: 'application/x-ndjson; charset=utf-8',
  start: '',
  item: (change) => `${JSON.stringify(exportedChange(change))}\n`,
  end: (position) => `${JSON.stringify({ kind: 'END', position: position.toString() })}\n`,
};

export const ndjson: ExportFormat = {
  mediaType: 'application/x-ndjson',
  paths: ['/changes', '/changes.ndjson'],
  writer: () => writer,
};
