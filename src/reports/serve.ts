import type { FastifyInstance } from 'fastify';
import { FORM_IDS, FormId } from '../forms/layouts/layout';
import { HttpRefusal } from '../http/refusal';
import { FileServices, MakeFile, serveFile } from './file-route';
import { reportFormats } from './formats';
import { ReportFormat } from './formats/format';
import { PrintError } from './formats/pdf/print-error';
import { Printing } from './formats/pdf/printing';
import { readFormFigures } from './forms/form-figures';
import { readFormRequest, readReportRequest } from './parameters';
import { readReport } from './read-report';
import { FileWriter } from './writing/file-writer';
import { WritingError } from './writing/writing-error';

export interface ReportOptions extends FileServices {
  readonly writer: FileWriter;
  readonly printing: Printing;
}

/** The reports of evaluations in each format, and the forms, as of any moment. */
export function serveReports(fastify: FastifyInstance, options: ReportOptions): void {
  const { writer, printing } = options;
  fastify.addHook('onClose', () => writer.close());
  for (const format of reportFormats(writer, printing)) serveReport(fastify, options, format);
  for (const form of FORM_IDS) serveForm(fastify, options, form);
}

function serveReport(fastify: FastifyInstance, options: ReportOptions, format: ReportFormat): void {
  const { extension, contentType } = format;
  const url = `/reports/evaluation/:department/:year(^\\d+).${extension}`;
  const make: MakeFile = async (reading, { path, query, waiting }) => {
    const wanted = readReportRequest(path, query);
    const { report, position } = await readReport(reading.services, wanted);
    reading.recordReads(() => [`report.${extension}`]);
    const bytes = await format.write(report, waiting);
    return { name: `evaluation-${wanted.department}-${wanted.fiscalYear}.${extension}`, contentType, bytes, position };
  };
  serveFile(fastify, options, url, admitted(options.writer, make));
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function serveForm(fastify: FastifyInstance, options: ReportOptions, form: FormId): void {
  const url = `/forms/${form}/:department/:year(^\\d+).xlsx`;
  const make: MakeFile = async (reading, { path, query, waiting }) => {
    const wanted = readFormRequest(path, query);
    const { figures, position } = await readFormFigures(reading.services, form, wanted);
    reading.recordReads(() => ['form.xlsx']);
    const order = { format: 'xlsx', form: figures } as const;
    const bytes = await options.writer.write(order, waiting);
    return { name: `${form}-${wanted.department}-${wanted.fiscalYear}.xlsx`, contentType: XLSX, bytes, position };
  };
  serveFile(fastify, options, url, admitted(options.writer, make));
}

/** A caller who waits for too many files is refused before their figures are read. */
const admitted =
  (writer: FileWriter, make: MakeFile): MakeFile =>
  (reading, request) =>
    writer.admit(request.waiting.owner, () => make(reading, request)).catch(throwRefusal);

function throwRefusal(error: unknown): never {
  if (error instanceof PrintError) throw notPrinted(error);
  if (error instanceof WritingError) throw notWritten(error);
  throw error;
}

function notWritten({ reason, message }: WritingError): HttpRefusal {
  switch (reason) {
    case 'BUSY':
      return new HttpRefusal('OVERLOADED', `${message}; try again later`, { 'retry-after': '1' });
    case 'FAILED':
      return new HttpRefusal('UNAVAILABLE', `The file was not written: ${message}; try again`);
  }
}

function notPrinted({ reason, message }: PrintError): HttpRefusal {
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
