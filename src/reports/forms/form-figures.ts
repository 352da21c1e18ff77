import { FormId } from '../../forms/layouts/layout';
import { LineFigures } from '../../figures/budget';
import { readYear } from '../../figures/read-year';
import { YearFigures } from '../../figures/year-figures';
import { badInput, notFound, unwrap } from '../../kernel/refusal';
import { Scope } from '../../reading/scope';
import { ReadingServices } from '../../reading/services';
import { FormRequest } from '../parameters';
import { FormFigures } from '../writing/file-order';

export interface FormAt {
  readonly figures: FormFigures;
  /** What it shows is the ledger at this position. */
  readonly position: bigint;
}

/** Reads what a form is filled with, as the caller may see it. Throws `Refused`. */
export async function readFormFigures(
  services: ReadingServices,
  form: FormId,
  { department, fiscalYear, asOf, line }: FormRequest,
): Promise<FormAt> {
  const scope = new Scope(services, unwrap(await services.reader.resolve(asOf, '/position')), 'snapshot');
  scope.readAs('form');
  const year = unwrap(await readYear(services, scope, department, fiscalYear));
  const project = form === 'department' && line === undefined ? undefined : projectIn(year, line);
  return { figures: { form, year, project }, position: scope.position };
}

/** The line that a form about a project is about: the one that is named, or the only one. Throws `Refused`. */
function projectIn({ budget }: YearFigures, line: string | undefined): LineFigures {
  const lines = budget?.lines ?? [];
  if (line === undefined && lines.length > 1) {
    return unwrap(badInput('/line', 'must name the line of the budget that the form is about'));
  }
  const found = line === undefined ? lines[0] : lines.find(({ code }) => code === line);
  return found ?? unwrap(notFound(line === undefined ? 'There is no budget' : `The budget has no line ${line}`));
}
