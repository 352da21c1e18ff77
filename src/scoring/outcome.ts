import { JsonObject } from '../kernel/json';
import { Fraction } from '../kernel/fraction';

/** Why a rule gives no score: a person has to score the line. */
export const UNDEFINED_CASES = {
  NO_BUDGET: '没有该年度的预算。The department has no budget for the year.',
  DENOMINATOR_NOT_POSITIVE: '分母为 0 或负数。The denominator is 0, or negative.',
  NO_INDICATOR: '没有可计算的指标。No indicator belongs to the line.',
  NO_VALUE: '没有观测值。An indicator has no value.',
  NO_TARGET: '没有指标值。An indicator has no target.',
  TARGET_NOT_POSITIVE: '指标值为 0 或负数。A target is 0, or negative, and a ratio to it means nothing.',
  VALUE_NEGATIVE: '观测值为负数。A value is negative, and a ratio of it means nothing.',
  VALUE_ZERO: '反向指标的观测值为 0，不能作分母。A value of 0 of an AT_MOST indicator would divide its target.',
  QUALITATIVE: '定性指标。An indicator is qualitative.',
} as const;
export type UndefinedCase = keyof typeof UNDEFINED_CASES;

/** A part of a line's points, from 0 to 1, or why there is none; and what it was computed from. */
export type Outcome = { readonly inputs: JsonObject } & (
  | { readonly kind: 'defined'; readonly share: Fraction }
  | { readonly kind: 'undefined'; readonly because: UndefinedCase }
);

/** Why the rule gave no score, as the inputs of a score say. Submissions that are older than the name have it as `undefined`. */
export const undefinedCaseIn = (inputs: JsonObject): UndefinedCase | undefined =>
  (inputs.notComputed ?? inputs.undefined) as UndefinedCase | undefined;
