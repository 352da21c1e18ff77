import { MOMENT_EXPECTED } from '../input/fields';
import { Query } from '../input/query-filter';
import { QueryParameters } from '../input/query-parameters';
import { isCode, isFiscalYear } from '../kernel/codes';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { notFound, unwrap } from '../kernel/refusal';
import { parseMoment } from '../kernel/time';
import { AsOf } from '../reading/ledger-reader';

/** What a report is about: one moment, or a comparison of two. */
export interface ReportRequest {
  readonly department: string;
  readonly fiscalYear: number;
  readonly from?: AsOf;
  readonly to: AsOf;
}

const NAMES = ['knownAt', 'position', 'effectiveAt', 'from', 'to'];
const FROM_EXPECTED = `${POSITION_EXPECTED}, or a moment: it ${MOMENT_EXPECTED}`;

/** The path and the query parameters. Throws NOT_FOUND for a path that names no year, and BAD_USER_INPUT with everything else that is wrong. */
export function readReportRequest(
  path: { readonly department: string; readonly year: string },
  query: Query,
): ReportRequest {
  const fiscalYear = Number(path.year);
  if (!isCode(path.department) || !/^\d{4}$/.test(path.year) || !isFiscalYear(fiscalYear)) {
    return unwrap(notFound('There is no such report'));
  }
  const parameters = new QueryParameters(query);
  parameters.requireNames(NAMES);
  const effectiveAt = parameters.parsed('effectiveAt', parseMoment, MOMENT_EXPECTED);
  const knownAt = parameters.parsed('knownAt', parseMoment, MOMENT_EXPECTED);
  const position = parameters.parsed('position', parsePosition, POSITION_EXPECTED);
  const from = parameters.parsed('from', parseEnd, FROM_EXPECTED);
  const to = parameters.parsed('to', parseEnd, FROM_EXPECTED);
  if (from === undefined && to !== undefined) parameters.refuse('to', 'needs from');
  if (from !== undefined && (knownAt ?? position) !== undefined)
    parameters.refuse('from', 'excludes knownAt and position');
  parameters.requireNoViolations();
  const about = { department: path.department, fiscalYear };
  if (from === undefined) return { ...about, to: { knownAt, position, effectiveAt } };
  return { ...about, from: { ...from, effectiveAt }, to: { ...to, effectiveAt } };
}

/** An end of a comparison: a position, or a moment of the known clock. */
function parseEnd(text: string): AsOf | undefined {
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  const knownAt = parseMoment(text);
  return knownAt && { knownAt };
}
