import { ReportDocument } from '../document/block';

/** A way to write a report. */
export interface ReportFormat {
  readonly extension: 'md' | 'html' | 'docx' | 'pdf';
  readonly contentType: string;
  /** The same document gives the same bytes; of PDF, the same text and pages. */
  write(document: ReportDocument, signal: AbortSignal): Promise<Uint8Array>;
}
