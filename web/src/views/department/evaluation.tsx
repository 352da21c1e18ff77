import { useSnapshot } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { FieldSource } from '../../blame/figure-source';
import { YearEvaluationDocument } from '../../generated/documents';
import { formatDecimal } from '../../language/money';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { Link } from '../../routing/link';
import { hrefOf } from '../../routing/router';
import { EVALUATION_STATUSES, GRADES } from '../../terms/evaluations';
import { Year } from './year';
import { evaluationField, EvaluationOfYear } from './evaluation-field';
import { Scores } from './scores';
import { EVALUATION_TEXTS } from './texts';

/** The self-evaluation of the year: its state, its scores, and what is written in it. */
export function Evaluation({ year }: { readonly year: Year }) {
  const asked = useSnapshot(YearEvaluationDocument, { ...year });
  return (
    <section>
      <h2>{say(EVALUATION_TEXTS.title)}</h2>
      <Answered asked={asked}>
        {({ asOf }) =>
          asOf?.evaluation ? (
            <Found year={year} evaluation={asOf.evaluation} />
          ) : (
            <Empty>{say(EVALUATION_TEXTS.none)}</Empty>
          )
        }
      </Answered>
    </section>
  );
}

interface Props {
  readonly year: Year;
  readonly evaluation: EvaluationOfYear;
}

function Found({ year, evaluation }: Props) {
  const { status, round, selfScore, reviewScore, computedScore, wouldBe, grade, template } = evaluation;
  const scores = [
    ['self', 'selfScore', selfScore],
    ['review', 'reviewScore', reviewScore],
    ...(template === null ? [] : [['computed', 'computedScore', computedScore] as const]),
  ] as const;
  const field = (path: string): FieldSource => evaluationField(year, path);
  return (
    <>
      <dl class="tiles">
        <Tile text="status" value={say(EVALUATION_STATUSES[status])} source={field('/status')} />
        <Tile text="round" value={String(round)} source={field('/round')} />
        {scores.map(([text, name, score]) => (
          <Tile
            key={name}
            text={text}
            value={score === null ? say(EVALUATION_TEXTS.unscored) : formatDecimal(score)}
            source={field(`/${name}`)}
          />
        ))}
        <Tile text="grade" value={grade === null ? '—' : say(GRADES[grade])} source={field('/grade')} />
        {wouldBe !== null && wouldBe !== computedScore && (
          <Tile text="wouldBe" value={formatDecimal(wouldBe)} source={evaluationField(year)} />
        )}
      </dl>
      <p>
        <Link href={hrefOf('history', ['EVALUATION', `${year.department}.${String(year.fiscalYear)}`])}>
          {say(EVALUATION_TEXTS.history)}
        </Link>
      </p>
      <Texts evaluation={evaluation} />
      {template !== null && <Scores year={year} evaluation={evaluation} template={template} />}
    </>
  );
}

function Tile({
  text,
  value,
  source,
}: {
  readonly text: keyof typeof EVALUATION_TEXTS;
  readonly value: string;
  readonly source: FieldSource;
}) {
  const label = say(EVALUATION_TEXTS[text]);
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Figure label={label} text={value} source={source} />
      </dd>
    </div>
  );
}

function Texts({ evaluation: { conclusion, problems, improvements } }: Pick<Props, 'evaluation'>) {
  return (
    <>
      {conclusion !== null && (
        <>
          <h3>{say(EVALUATION_TEXTS.conclusion)}</h3>
          <p class="prose">{conclusion}</p>
        </>
      )}
      <TextList title={say(EVALUATION_TEXTS.problems)} texts={problems} />
      <TextList title={say(EVALUATION_TEXTS.improvements)} texts={improvements} />
    </>
  );
}

function TextList({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ol class="prose">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </>
  );
}
