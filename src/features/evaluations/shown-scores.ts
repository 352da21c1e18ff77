import { Decimal } from '../../kernel/decimal';
import { CorruptLedger } from '../../kernel/outage';
import { readInstant } from '../../kernel/time';
import { Scope } from '../../reading/scope';
import { LineScore } from '../../scoring/score-line';
import { TemplateLine } from '../templates/events';
import { WantedTemplate, wantedTemplate } from './wanted-template';
import { TemplateVersion } from './events';
import { scoresFrom } from './line-scores';
import { positionOfSequence } from './position-of-sequence';
import { readFigures } from './scoring-basis';
import { EvaluationView, ScoredView } from './views';

/** The scores of an evaluation, and where the figures that they were computed from are read. */
export interface ShownScores {
  readonly lines: ReadonlyMap<string, TemplateLine>;
  readonly scores: readonly LineScore[];
  readonly total: Decimal | null;
  readonly figuresAt: Scope;
  /** The positions of the changes that recorded the judgements, by line. */
  readonly judgedAt: ReadonlyMap<string, bigint>;
}

type Scorable = Pick<EvaluationView, 'department' | 'fiscalYear' | 'template' | 'indicators' | 'judgements' | 'scored'>;
type Judged = Omit<Scorable, 'template' | 'scored'>;

/** As submitted; computed at the scope while the evaluation is open. undefined without a template. */
export async function shownScores(scope: Scope, evaluation: Scorable): Promise<ShownScores | undefined> {
  const { template, scored } = evaluation;
  if (template === undefined) return undefined;
  const lines = await linesOf(scope, template);
  return scored === undefined ? computedAt(scope, evaluation, lines) : submittedScores(scope, scored, lines);
}

/** The total as if the evaluation were scored at the scope by the newest version of its template. */
export async function totalNow(scope: Scope, evaluation: Scorable): Promise<Decimal | null> {
  if (evaluation.template === undefined) return null;
  const newest = await wantedTemplate(scope, { code: evaluation.template.code });
  return newest === undefined ? null : (await computedAt(scope, evaluation, newest.lines)).total;
}

/** What a department's year scores by a template from figures only: nobody has judged a line. undefined if there is no such template. */
export async function trialScores(
  scope: Scope,
  { code, version }: WantedTemplate,
  of: Pick<Judged, 'department' | 'fiscalYear'>,
): Promise<ShownScores | undefined> {
  const template = await wantedTemplate(scope, { code, version });
  return template && computedAt(scope, of, template.lines);
}

/** The scores of a submission by this version of a template. */
export async function scoresAsSubmitted(
  scope: Scope,
  template: TemplateVersion,
  scored: ScoredView,
): Promise<ShownScores> {
  return submittedScores(scope, scored, await linesOf(scope, template));
}

async function linesOf(scope: Scope, { code, version }: TemplateVersion): Promise<readonly TemplateLine[]> {
  const found = await wantedTemplate(scope, { code, version });
  if (found === undefined) throw new CorruptLedger(`Template ${code} has no version ${version}`);
  return found.lines;
}

const byCode = (lines: readonly TemplateLine[]): ReadonlyMap<string, TemplateLine> =>
  new Map(lines.map((line) => [line.code, line]));

async function computedAt(
  scope: Scope,
  { department, fiscalYear, indicators = [], judgements = [] }: Judged,
  lines: readonly TemplateLine[],
): Promise<ShownScores> {
  const judgedAt = new Map(judgements.map(({ line, position }) => [line, BigInt(position)]));
  const figures = await readFigures(scope, { department, fiscalYear, indicators }, lines);
  return { ...scoresFrom({ lines, figures }, judgements), lines: byCode(lines), figuresAt: scope, judgedAt };
}

async function submittedScores(scope: Scope, scored: ScoredView, lines: readonly TemplateLine[]): Promise<ShownScores> {
  return {
    lines: byCode(lines),
    scores: scored.lines,
    total: scored.total ?? null,
    figuresAt: await scopeOfFigures(scope, scored),
    judgedAt: new Map(Object.entries(scored.judgedAt).map(([line, position]) => [line, BigInt(position)])),
  };
}

/** The scope at which the figures of a submission were read. */
async function scopeOfFigures(scope: Scope, { sequence, position, effectiveAt }: ScoredView): Promise<Scope> {
  const point = await positionOfSequence(scope, BigInt(sequence), BigInt(position));
  const snapshot = { position: point.position, recordedAt: point.recordedAt, effectiveAt: readInstant(effectiveAt) };
  return new Scope(scope.services, snapshot, 'snapshot');
}
