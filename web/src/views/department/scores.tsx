import { Figure } from '../../blame/figure';
import { pathOf } from '../../blame/paths';
import { formatDecimal } from '../../language/money';
import { say } from '../../language/say';
import { Column, Table } from '../../table/table';
import { SCORE_SOURCES } from '../../terms/evaluations';
import { Year } from './year';
import { fileName } from './file-name';
import { evaluationField, EvaluationOfYear } from './evaluation-field';
import { EVALUATION_TEXTS } from './texts';

type Template = NonNullable<EvaluationOfYear['template']>;
type Row = Template['lines'][number] & { readonly scored: EvaluationOfYear['scores'][number] | undefined };

interface Props {
  readonly year: Year;
  readonly evaluation: EvaluationOfYear;
  readonly template: Template;
}

/** The lines of the template with their scores. A line that has parts has no score of its own. */
export function Scores({ year, evaluation: { scores }, template }: Props) {
  const byLine = new Map(scores.map((score) => [score.line.code, score]));
  const rows = template.lines.map((line): Row => ({ ...line, scored: byLine.get(line.code) }));
  return (
    <>
      <p class="quiet">
        {template.name} ({template.code}@{template.version}, {formatDecimal(template.totalPoints)}){' '}
        {template.unofficial && <span class="tag">{say(EVALUATION_TEXTS.unofficial)}</span>}
      </p>
      <Table
        caption={say(EVALUATION_TEXTS.scores)}
        heading="h3"
        isStacked
        columns={columnsOf(year)}
        rows={rows}
        keyOf={({ code }) => code}
        order={{ column: 'template', isDescending: false }}
        fileName={fileName(year, 'scores')}
      />
    </>
  );
}

function scoreText({ scored }: Row): string {
  if (scored === undefined) return '';
  if (!scored.applicable) return say(EVALUATION_TEXTS.notApplicable);
  return scored.score === null ? say(EVALUATION_TEXTS.unscored) : formatDecimal(scored.score);
}

const reasonText = ({ scored }: Row): string =>
  [scored?.reason, scored?.deviationReason, scored?.improvement].filter((text) => typeof text === 'string').join(' / ');

const columnsOf = (year: Year): readonly Column<Row>[] => [
  {
    name: 'line',
    title: say(EVALUATION_TEXTS.line),
    cell: ({ code, name, parent, scored }) => (
      <span class={scored === undefined ? 'heading-line' : parent === null ? undefined : 'part-line'}>
        {name} <span class="quiet">{code}</span>
      </span>
    ),
    csv: { title: say(EVALUATION_TEXTS.line), cell: ({ code, name }) => `${code} ${name}` },
  },
  {
    name: 'points',
    title: say(EVALUATION_TEXTS.points),
    isFigure: true,
    cell: ({ points }) => formatDecimal(points),
    csv: { title: say(EVALUATION_TEXTS.points), cell: ({ points }) => ({ number: points }) },
  },
  {
    name: 'score',
    title: say(EVALUATION_TEXTS.score),
    isFigure: true,
    cell: (row) =>
      row.scored && (
        <Figure
          label={`${row.name} · ${say(EVALUATION_TEXTS.score)}`}
          text={scoreText(row)}
          source={evaluationField(year, pathOf('scores', row.code, 'score'))}
        />
      ),
    csv: { title: say(EVALUATION_TEXTS.score), cell: scoreText },
  },
  {
    name: 'scoredBy',
    title: say(EVALUATION_TEXTS.scoredBy),
    cell: ({ scored }) => scored && <span class="nowrap">{say(SCORE_SOURCES[scored.scoredBy])}</span>,
    csv: {
      title: say(EVALUATION_TEXTS.scoredBy),
      cell: ({ scored }) => (scored === undefined ? '' : say(SCORE_SOURCES[scored.scoredBy])),
    },
  },
  {
    name: 'reason',
    title: say(EVALUATION_TEXTS.reason),
    cell: (row) => reasonText(row) !== '' && <span class="words">{reasonText(row)}</span>,
    csv: { title: say(EVALUATION_TEXTS.reason), cell: reasonText },
  },
];
