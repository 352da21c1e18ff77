import { MOMENT_EXPECTED } from '../input/fields';
import { Query } from '../input/query-filter';
import { QueryParameters } from '../input/query-parameters';
import { CODE_EXPECTED, isCode, isFiscalYear } from '../kernel/codes';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { notFound, unwrap } from '../kernel/refusal';
import { parseMoment } from '../kernel/time';
import { AsOf } from '../reading/ledger-reader';

/** Whose year a file is about. */
export interface YearOfDepartment {
  readonly department: string;
  readonly fiscalYear: number;
}

/** What a report is about: one moment, or a comparison of two. */
export interface ReportRequest extends YearOfDepartment {
  readonly from?: AsOf;
  readonly to: AsOf;
}

export interface FormRequest extends YearOfDepartment {
  readonly asOf: AsOf;
  /** The line of the budget that a form about a project is about. */
  readonly line?: string;
}

type Path = Readonly<Record<string, string>>;

const MOMENT = ['knownAt', 'position', 'effectiveAt'];
const END_EXPECTED = `${POSITION_EXPECTED}, or a moment: it ${MOMENT_EXPECTED}`;

/** The path and the query parameters. Throws NOT_FOUND for a path that names no year, and BAD_USER_INPUT with everything else that is wrong. */
export function readReportRequest(path: Path, query: Query): ReportRequest {
  const about = readPath(path);
  const parameters = new QueryParameters(query);
  parameters.requireNames([...MOMENT, 'from', 'to']);
  const moment = readMoment(parameters);
  const from = parameters.parsed('from', parseEnd, END_EXPECTED);
  const to = parameters.parsed('to', parseEnd, END_EXPECTED);
  if (from === undefined && to !== undefined) parameters.refuse('to', 'needs from');
  if (from !== undefined && (moment.knownAt ?? moment.position) !== undefined) {
    parameters.refuse('from', 'excludes knownAt and position');
  }
  parameters.requireNoViolations();
  if (from === undefined) return { ...about, to: moment };
  const { effectiveAt } = moment;
  return { ...about, from: { ...from, effectiveAt }, to: { ...to, effectiveAt } };
}

/** Throws as `readReportRequest` does. */
export function readFormRequest(path: Path, query: Query): FormRequest {
  const about = readPath(path);
  const parameters = new QueryParameters(query);
  parameters.requireNames([...MOMENT, 'line']);
  const asOf = readMoment(parameters);
  const line = parameters.parsed('line', (text) => (isCode(text) ? text : undefined), CODE_EXPECTED);
  parameters.requireNoViolations();
  return { ...about, asOf, line };
}

function readPath({ department = '', year = '' }: Path): YearOfDepartment {
  const fiscalYear = Number(year);
  if (isCode(department) && /^\d{4}$/.test(year) && isFiscalYear(fiscalYear)) return { department, fiscalYear };
  return unwrap(notFound('There is no such file'));
}

const readMoment = (parameters: QueryParameters): AsOf => ({
  knownAt: parameters.parsed('knownAt', parseMoment, MOMENT_EXPECTED),
  position: parameters.parsed('position', parsePosition, POSITION_EXPECTED),
  effectiveAt: parameters.parsed('effectiveAt', parseMoment, MOMENT_EXPECTED),
});

/** An end of a comparison: a position, or a moment of the known clock. */
function parseEnd(text: string): AsOf | undefined {
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  const knownAt = parseMoment(text);
  return knownAt && { knownAt };
}
