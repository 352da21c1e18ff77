import { createHash } from 'node:crypto';
import { FundSource, FundVintage, LineDefinition } from '../../features/budgets/events';
import { FundsRead } from '../../forms/reading/form-reading';
import { cleaned } from '../../forms/reading/texts';
import { isCode } from '../../kernel/codes';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { BudgetKnown } from '../ledger/on-record';
import { Subject } from './subject';

type Line = BudgetKnown['lines'][number];

/** The lines of the budget that a row of a form adds up. */
export function linesOfRow(subject: Subject, row: FundsRead, budget: BudgetKnown | undefined): readonly Line[] {
  const lines = budget?.lines ?? [];
  if (row.code !== undefined) return lines.filter(({ definition }) => definition.code === row.code);
  const ofProject = lines.filter(({ definition }) => isOfProject(subject, definition));
  const { lines: wanted } = row.row;
  if (wanted === undefined) return ofProject;
  return ofProject.filter(
    ({ definition: { fundSource, vintage } }) =>
      wanted.fundSources.includes(fundSource) && wanted.vintages.includes(vintage),
  );
}

/** By its code if both have one, else by its name. */
function isOfProject({ project }: Subject, { projectCode, name }: LineDefinition): boolean {
  if (project === undefined) return true;
  if (project.code !== undefined && projectCode !== undefined) return project.code === projectCode;
  return cleaned(project.name) === cleaned(name);
}

/** A line that the budget does not have yet. Its code is the same for the same row of the same form, wherever the row is. */
export function newLineOf({ project }: Subject, { code, row }: FundsRead) {
  const fundSource: FundSource = row.lines?.fundSources[0] ?? 'UNATTRIBUTED';
  const vintage: FundVintage = row.lines?.vintages[0] ?? 'CURRENT_YEAR';
  const title = row.title.replace(/^其中：/, '');
  return {
    code: code ?? codeOf(project, `${fundSource}${vintage === 'CARRIED_OVER' ? '-CARRIED' : ''}`),
    name: project?.name ?? title,
    fundSource,
    vintage,
    projectCode: project?.code?.slice(0, INPUT_BOUNDS.maxProjectCodeLength),
  };
}

/** Several projects of one budget have lines of the same source. */
function codeOf(project: Subject['project'], source: string): string {
  if (project === undefined) return source;
  const { code, name } = project;
  const own =
    code !== undefined && isCode(code) && code.length <= 30
      ? code
      : `P${createHash('sha256')
          .update(code ?? cleaned(name))
          .digest('hex')
          .slice(0, 12)}`;
  return `${own}-${source}`.slice(0, INPUT_BOUNDS.maxCodeLength);
}
