import { ReportFigures } from '../writing/file-order';
import { Waiting } from '../writing/file-writer';

/** A way to write a report. */
export interface ReportFormat {
  readonly extension: 'md' | 'html' | 'docx' | 'pdf';
  readonly contentType: string;
  /** The same figures give the same bytes; of PDF, the same text and pages. Throws `WritingError` and `PrintError`. */
  write(report: ReportFigures, waiting: Waiting): Promise<Uint8Array>;
}
