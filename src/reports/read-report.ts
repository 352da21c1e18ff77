import { changesBetween } from '../figures/comparison';
import { readYear } from '../figures/read-year';
import { unwrap } from '../kernel/refusal';
import { AsOf } from '../reading/ledger-reader';
import { Scope } from '../reading/scope';
import { ReadingServices } from '../reading/services';
import { ReportRequest } from './parameters';
import { ReportFigures } from './writing/file-order';

export interface ReadReport {
  readonly report: ReportFigures;
  /** What it shows is the ledger at this position. */
  readonly position: bigint;
}

/** Reads what a report shows, as the caller may see it. Throws `Refused`. */
export async function readReport(services: ReadingServices, request: ReportRequest): Promise<ReadReport> {
  const { department, fiscalYear, from, to } = request;
  const yearAt = async (scope: Scope) => unwrap(await readYear(services, scope, department, fiscalYear));
  const scope = await scopeAt(services, to, from === undefined ? '/position' : '/to');
  scope.readAs('report');
  const { position } = scope;
  if (from === undefined) return { report: { kind: 'evaluation', year: await yearAt(scope) }, position };
  const earlier = await scopeAt(services, from, '/from');
  // The same read has two moments.
  earlier.readAs('report', 0);
  const changes = await changesBetween(services, { from: earlier, to: scope }, department, fiscalYear);
  const comparison = { from: await yearAt(earlier), to: await yearAt(scope), changes };
  return { report: { kind: 'comparison', comparison }, position };
}

async function scopeAt(services: ReadingServices, asOf: AsOf, path: string): Promise<Scope> {
  return new Scope(services, unwrap(await services.reader.resolve(asOf, path)), 'snapshot');
}
