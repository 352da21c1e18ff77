import { choice } from '../../input/choice';
import { SCORE_SOURCES } from '../../scoring/score-line';
import { GRADES } from './grade';
import { EVALUATION_STATUSES } from './record';

export const EvaluationStatuses = choice(
  'EvaluationStatus',
  EVALUATION_STATUSES,
  '自评状态：有效的最后一步的状态。How far an evaluation is: the status of its last step in force.',
  {
    DRAFT: '起草。Opened, and not submitted yet.',
    SUBMITTED: '已提交。Submitted by the department; it waits for the review.',
    RETURNED: '已退回。Returned by the review, or revised after publication; the department may submit it again.',
    CONFIRMED: '已确认。Confirmed by the review.',
    PUBLISHED: '已公开。Published; only a revision opens it again.',
  },
);

export const Grades = choice(
  'Grade',
  GRADES,
  '等级：得分先保留两位小数，再定等级。The grade of a score, which is rounded to 2 decimals first.',
  {
    EXCELLENT: '优。A score of 90 or more.',
    GOOD: '良。A score of 80 or more, below 90.',
    FAIR: '中。A score of 60 or more, below 80.',
    POOR: '差。A score below 60.',
  },
);

export const ScoreSources = choice('ScoreSource', SCORE_SOURCES, '评分来源。What a score comes from.', {
  COMPUTED: '规则计算。The rule of the line computed it.',
  PERSON: '人工。A person gives it, or has to.',
});
