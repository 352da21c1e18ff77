import { ActionsOf, actionsOn } from '../../actions/action';
import { commandInput, reasonedCommandInput } from '../../actions/command-fields';
import { decimal, list, optional, text } from '../../input/fields';
import { yearCode } from '../../kernel/codes';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { YEAR_OF_DEPARTMENT } from '../shared/fields';
import { EvaluationCommand, evaluationDecider } from './decider';
import { OPENING_FIELDS, openedBy, refuseNamesWithoutTemplate, refuseRepeatedLines } from './opening-input';
import { prepareScoring } from './prepare';
import { evaluationProjection } from './projection';
import { evaluationReading } from './readings';
import { SCORES } from './score-inputs';

const action = actionsOn({
  decider: evaluationDecider,
  reading: evaluationReading,
  projection: evaluationProjection,
  prepare: prepareScoring,
  codeOf: ({ department, fiscalYear }: { readonly department: string; readonly fiscalYear: number }) =>
    yearCode(department, fiscalYear),
});

const score = (description: string) => decimal(description, { min: '0', max: '100' });

const texts = (description: string) => optional(list(text(), { most: INPUT_BOUNDS.maxTexts }, description));

export const evaluationActions = {
  open: action({
    name: 'openEvaluation',
    description:
      '开启自评，状态为 DRAFT；指定模板时，版本自此固定。已开启：CONFLICT；没有该版本的模板：NOT_FOUND。Opens an evaluation, in DRAFT. If it names a template, the version is fixed from then on. If it is open already: CONFLICT. If there is no such version: NOT_FOUND.',
    input: commandInput(
      'OpenEvaluationInput',
      '自评开启。The opening of an evaluation.',
      { ...YEAR_OF_DEPARTMENT, ...OPENING_FIELDS },
      refuseNamesWithoutTemplate,
    ),
    toCommand: (input) => ({
      kind: 'open',
      department: input.department,
      fiscalYear: input.fiscalYear,
      ...openedBy(input),
    }),
  }),
  score: action({
    name: 'scoreEvaluation',
    description:
      '评分，须为 DRAFT 或 RETURNED，否则 EVALUATION_STATE；每行以最后一次为准。可计算的行：KIND_MISMATCH。Says how lines of the template are scored by a person, in DRAFT or RETURNED: else EVALUATION_STATE. What is said about a line replaces what was said before. A line that its rule scores takes no score: KIND_MISMATCH.',
    input: commandInput(
      'ScoreEvaluationInput',
      '自评评分。Scores that a person gives.',
      { ...YEAR_OF_DEPARTMENT, scores: SCORES },
      ({ scores = [] }, context) => {
        refuseRepeatedLines(scores, 'scores', context);
      },
    ),
    toCommand: ({ department, fiscalYear, scores }) => ({ kind: 'score', department, fiscalYear, scores }),
  }),
  submit: action({
    name: 'submitEvaluation',
    description:
      '提交自评，须为 DRAFT 或 RETURNED，否则 EVALUATION_STATE。有模板时，各行得分按提交的生效时间计算并固定：缺少得分为 SCORE_INCOMPLETE，缺少理由为 REASON_REQUIRED。不填的内容为空，不沿用上一次提交。Submits an evaluation that is in DRAFT or RETURNED: else EVALUATION_STATE. With a template, the scores of its lines are computed as of the effective date of the submission, and never change: a line without a score is SCORE_INCOMPLETE, a missing reason REASON_REQUIRED. What it leaves out is empty, whatever an earlier submission said.',
    input: commandInput(
      'SubmitEvaluationInput',
      '自评提交。不填的内容为空，不沿用上一次提交。The submission of an evaluation. What it leaves out is empty, whatever an earlier submission said.',
      {
        ...YEAR_OF_DEPARTMENT,
        selfScore: score(
          '自评得分，0 至 100，最多 10 位小数。The score that the department gives itself: 0 to 100, with at most 10 decimals.',
        ),
        conclusion: optional(text('评价结论，最多 20000 个字符。The conclusion; at most 20,000 characters.')),
        problems: texts(
          '存在问题，最多 100 条，每条最多 20000 个字符。The problems: at most 100, each of at most 20,000 characters.',
        ),
        improvements: texts(
          '改进措施，最多 100 条，每条最多 20000 个字符。The improvements: at most 100, each of at most 20,000 characters.',
        ),
      },
    ),
    toCommand: ({ department, fiscalYear, selfScore, conclusion, problems = [], improvements = [] }) => ({
      kind: 'submit',
      department,
      fiscalYear,
      submission: { selfScore, conclusion, problems, improvements },
    }),
  }),
  return: action({
    name: 'returnEvaluation',
    description:
      '退回自评，须为 SUBMITTED，否则 EVALUATION_STATE。Returns an evaluation that is SUBMITTED: else EVALUATION_STATE.',
    input: commandInput(
      'ReturnEvaluationInput',
      '自评退回。The return of an evaluation by the review.',
      YEAR_OF_DEPARTMENT,
    ),
    toCommand: ({ department, fiscalYear }) => ({ kind: 'return', department, fiscalYear }),
  }),
  confirm: action({
    name: 'confirmEvaluation',
    description:
      '确认自评，须为 SUBMITTED，否则 EVALUATION_STATE；提交人不得确认（OWN_SUBMISSION）；可附复核得分。Confirms an evaluation that is SUBMITTED: else EVALUATION_STATE. Whoever submitted it is refused: OWN_SUBMISSION. It has the score of the review if the review gives one.',
    input: commandInput('ConfirmEvaluationInput', '自评确认。The confirmation of an evaluation by the review.', {
      ...YEAR_OF_DEPARTMENT,
      reviewScore: optional(
        score(
          '复核得分，0 至 100，最多 10 位小数；复核不另行打分时不填。The score of the review: 0 to 100, with at most 10 decimals; left out if the review gives no score of its own.',
        ),
      ),
    }),
    toCommand: ({ department, fiscalYear, reviewScore }) => ({ kind: 'confirm', department, fiscalYear, reviewScore }),
  }),
  publish: action({
    name: 'publishEvaluation',
    description:
      '公开自评，须为 CONFIRMED，否则 EVALUATION_STATE；提交人不得公开（OWN_SUBMISSION）。Publishes an evaluation that is CONFIRMED: else EVALUATION_STATE. Whoever submitted it is refused: OWN_SUBMISSION.',
    input: commandInput('PublishEvaluationInput', '自评公开。The publication of an evaluation.', YEAR_OF_DEPARTMENT),
    toCommand: ({ department, fiscalYear }) => ({ kind: 'publish', department, fiscalYear }),
  }),
  revise: action({
    name: 'reviseEvaluation',
    description:
      '公开后修订，须为 PUBLISHED，否则 EVALUATION_STATE；状态变为 RETURNED，下一次提交为下一轮。Opens a published evaluation again: else EVALUATION_STATE. It becomes RETURNED, and the next submission begins the next round. `published` stays until another round is published.',
    input: reasonedCommandInput(
      'ReviseEvaluationInput',
      '自评修订。The revision of an evaluation.',
      YEAR_OF_DEPARTMENT,
    ),
    toCommand: ({ department, fiscalYear }) => ({ kind: 'revise', department, fiscalYear }),
  }),
} satisfies ActionsOf<EvaluationCommand>;
