import { ExportedChange } from './exported-change';
import { ExportFormat, Format } from './format';

const writer: Format<ExportedChange> = {
  contentType: 'application/x-ndjson; charset=utf-8',
  start: '',
  item: ({ data }) => `${JSON.stringify(data)}\n`,
  end: (position) => `${JSON.stringify({ kind: 'END', position: position.toString() })}\n`,
};

export const ndjson: ExportFormat = {
  mediaType: 'application/x-ndjson',
  paths: ['/changes', '/changes.ndjson'],
  writer: () => writer,
};
