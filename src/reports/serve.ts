import type { FastifyInstance } from 'fastify';
import { FORM_IDS } from '../forms/layouts/layout';
import { HttpRefusal } from '../http/refusal';
import { FileServices, serveFile } from './file-route';
import { ReportFormat } from './formats/format';
import { PrintError } from './formats/pdf/print-error';
import { makeForm } from './forms/make-form';
import { makeReport } from './make-report';
import { readFormRequest, readReportRequest } from './parameters';

export interface ReportOptions extends FileServices {
  readonly formats: readonly ReportFormat[];
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The reports of evaluations in each format, and the forms, as of any moment. */
export function serveReports(fastify: FastifyInstance, options: ReportOptions): void {
  for (const format of options.formats) serveReport(fastify, options, format);
  for (const form of FORM_IDS) {
    serveFile(fastify, options, `/forms/${form}/:department/:year(^\\d+).xlsx`, async (reading, { path, query }) => {
      const wanted = readFormRequest(path, query);
      const { bytes, position } = await makeForm(reading.services, form, wanted);
      reading.recordReads(() => ['form.xlsx']);
      return { name: `${form}-${wanted.department}-${wanted.fiscalYear}.xlsx`, contentType: XLSX, bytes, position };
    });
  }
}

function serveReport(fastify: FastifyInstance, options: ReportOptions, format: ReportFormat): void {
  const { extension, contentType } = format;
  const url = `/reports/evaluation/:department/:year(^\\d+).${extension}`;
  serveFile(fastify, options, url, async (reading, { path, query, leaving }) => {
    const wanted = readReportRequest(path, query);
    const { document, position } = await makeReport(reading.services, wanted);
    reading.recordReads(() => [`report.${extension}`]);
    const bytes = await format.write(document, leaving).catch((error: unknown) => {
      throw error instanceof PrintError ? refusalOf(error) : error;
    });
    return { name: `evaluation-${wanted.department}-${wanted.fiscalYear}.${extension}`, contentType, bytes, position };
  });
}

function refusalOf({ reason, message }: PrintError): HttpRefusal {
  switch (reason) {
    case 'MISSING':
      return new HttpRefusal(
        'NOT_ACCEPTABLE',
        `The report comes as md, html and docx. A PDF needs LibreOffice Writer on the server: ${message}`,
      );
    case 'BUSY':
      return new HttpRefusal('OVERLOADED', `${message}; try again later`);
    case 'FAILED':
      return new HttpRefusal('UNAVAILABLE', `No PDF was made: ${message}; try again, or take the DOCX`);
  }
}
