import { FileWriter } from '../writing/file-writer';
import { ReportFormat } from './format';
import { Printing } from './pdf/printing';

const CONTENT_TYPES = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** Every format of a report. PDF is made from DOCX, by LibreOffice. */
export const reportFormats = (writer: FileWriter, printing: Printing): readonly ReportFormat[] => [
  ...(['md', 'html', 'docx'] as const).map((format): ReportFormat => ({
    extension: format,
    contentType: CONTENT_TYPES[format],
    write: (report, waiting) => writer.write({ format, report }, waiting),
  })),
  {
    extension: 'pdf',
    contentType: 'application/pdf',
    write: async (report, waiting) =>
      printing.print(await writer.write({ format: 'docx', report }, waiting), waiting.leaving),
  },
];
