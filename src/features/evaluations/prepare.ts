import { ReadAtHead } from '../../actions/read-at-head';
import { notFound, ok, Result } from '../../kernel/refusal';
import { EvaluationCommand } from './decider';
import { LineIndicator } from './events';
import { EvaluationRecord } from './record';
import { readFigures } from './scoring-basis';
import { isOpen, viewEvaluation } from './views';
import { WantedTemplate, wantedTemplate } from './wanted-template';

/** Adds the basis of scoring to a command that scores an evaluation by a template. */
export async function prepareScoring(
  command: EvaluationCommand,
  record: EvaluationRecord | undefined,
  readAtHead: ReadAtHead,
): Promise<Result<EvaluationCommand>> {
  const wanted = neededFor(command, record);
  if (wanted === undefined) return ok(command);
  const read = await readAtHead();
  if (!read.ok) return read;
  const { scope, point } = read.value;
  const template = await wantedTemplate(scope, wanted.template);
  if (template === undefined) return notFound(`There is no such version of template ${wanted.template.code}`);
  const { department, fiscalYear } = command;
  const { code, version, lines } = template;
  const figures = await readFigures(scope, { department, fiscalYear, indicators: wanted.indicators }, lines);
  const { sequence, position } = point;
  return ok({ ...command, basis: { template: { code, version }, lines, figures, sequence, position } });
}

interface Needed {
  readonly template: WantedTemplate;
  readonly indicators: readonly LineIndicator[];
}

/** What has to be read; undefined if nothing, also because the command will be refused. */
function neededFor(command: EvaluationCommand, record: EvaluationRecord | undefined): Needed | undefined {
  if (command.kind === 'open') {
    const { template, indicators = [] } = command;
    return record !== undefined || template === undefined ? undefined : { template, indicators };
  }
  if (command.kind !== 'score' && command.kind !== 'submit') return undefined;
  if (record?.template === undefined || !isOpen(viewEvaluation(record).status)) return undefined;
  return { template: record.template, indicators: record.indicators ?? [] };
}
