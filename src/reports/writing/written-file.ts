import { LAYOUTS } from '../../forms/layouts';
import { comparisonReport } from '../comparison/report';
import { ReportDocument } from '../document/block';
import { evaluationReport } from '../evaluation/report';
import type * as Docx from '../formats/docx';
import { htmlOf } from '../formats/html';
import { markdownOf } from '../formats/markdown';
import { xlsxOf } from '../formats/xlsx';
import { filledForm } from '../forms/fill-form';
import { FileOrder, FormFigures, ReportFigures } from './file-order';

/** The bytes of a file. The same order gives the same bytes. It takes much CPU time: a server has a thread for it. */
export async function writtenFile(order: FileOrder): Promise<Uint8Array> {
  switch (order.format) {
    case 'xlsx':
      return formFile(order.form);
    case 'md':
      return utf8(markdownOf(documentOf(order.report)));
    case 'html':
      return utf8(htmlOf(documentOf(order.report)));
    case 'docx': {
      // The library is large, and no other format needs it.
      const { docxOf } = module.require('../formats/docx') as typeof Docx;
      return docxOf(documentOf(order.report));
    }
  }
}

const documentOf = (report: ReportFigures): ReportDocument =>
  report.kind === 'evaluation' ? evaluationReport(report.year) : comparisonReport(report.comparison);

function formFile({ form, year, project }: FormFigures): Uint8Array {
  const layout = LAYOUTS[form];
  return xlsxOf(filledForm(layout, year, project), layout.title, year.moment.recordedAt);
}

const utf8 = (text: string): Uint8Array => Buffer.from(text);
