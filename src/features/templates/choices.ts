import { choice } from '../../input/choice';
import { DENOMINATORS, POINTS_COUNTED, SCORING_RULES } from '../../scoring/rules';

export const ScoringRules = choice(
  'ScoringRule',
  SCORING_RULES,
  '评分规则及其参数。How a line is scored, and the parameters that the rule takes; it takes no others. Numbers are exact: texts such as "0.5", or JSON numbers. A rule that computes is undefined if its denominator is not above 0, if a value or a target is missing, or if an indicator has no completion rate: then a person scores the line.',
  {
    EXECUTION_RATE:
      '预算执行率：{denominator: "REVISED" | "OPENING"}。points × executed / denominator of the budget of the department and year, at least 0 and at most the points.',
    RATIO:
      '完成率：{} 或 {level1, level2}。The completion of the indicator that the evaluation names for the line, or of all indicators of the department and year in that class which are not retired, weighted by their points; equally if none has any. No completion counts as more than 1. level2 may be left out.',
    RANGE:
      "区间：{zeroAt}。Full inside the range that the line's indicator wants, in proportion less outside, 0 at the distance zeroAt.",
    DEDUCTION:
      '扣分：{standard, k, per: "started" | "whole" | "exact"}。Full if the value of the line\'s indicator is at the standard or below, k points less for each percentage point over it, never below 0. `per` says how the points over it are counted: a started one as a whole, only whole ones, or exactly.',
    CHECKLIST:
      '清单：{items: [{code, name, points}]}。The points of the items that are met. A person says which. The items have the points of the line together.',
    BAND: '分档：{bands: [{code, name, from, to}]}。A score inside one of the bands, whose ends are in percent of the points, both included. A person gives it, with a reason.',
    MANUAL: '人工：{}。A score that a person gives, with a reason.',
  },
);

export const Denominators = choice('Denominator', DENOMINATORS, '分母。What the executed amount is divided by.', {
  REVISED: '全年预算数。The revised amount.',
  OPENING: '年初预算数。The opening amount.',
});

export const PointsCounted = choice(
  'PointsCounted',
  POINTS_COUNTED,
  '计点方式。How percentage points over a standard are counted.',
  {
    started: '不足一个百分点按一个计。A started point counts as a whole.',
    whole: '不足一个百分点不计。Only whole points count.',
    exact: '按实际计。Exactly.',
  },
);
