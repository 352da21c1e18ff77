import { docxOf } from './docx';
import { ReportFormat } from './format';
import { htmlOf } from './html';
import { markdownOf } from './markdown';
import { Printing } from './pdf/printing';

const utf8 = (text: string): Uint8Array => Buffer.from(text);

/** Every format of a report. PDF is made from DOCX, by LibreOffice. */
export const reportFormats = (printing: Printing): readonly ReportFormat[] => [
  {
    extension: 'md',
    contentType: 'text/markdown; charset=utf-8',
    write: (document) => Promise.resolve(utf8(markdownOf(document))),
  },
  {
    extension: 'html',
    contentType: 'text/html; charset=utf-8',
    write: (document) => Promise.resolve(utf8(htmlOf(document))),
  },
  {
    extension: 'docx',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: docxOf,
  },
  {
    extension: 'pdf',
    contentType: 'application/pdf',
    write: async (document, signal) => printing.print(await docxOf(document), signal),
  },
];
