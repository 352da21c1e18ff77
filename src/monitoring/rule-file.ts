import { z } from 'zod';
import { compareDecimals, parseDecimal } from '../kernel/decimal';
import { parseJsonFile } from '../kernel/json-file';
import { parseLocalDate } from '../kernel/time';
import { ALERT_LEVELS, AlertRules } from './rules';

/** A file of alert rules that cannot be used. The message says what is wrong. */
export class RuleFileError extends Error {
  override readonly name = 'RuleFileError';
}

const text = z.string().trim().min(1, 'must not be blank').max(500);

/** Numbers are texts, so that they stay exact. */
const percent = z.string().transform((given, context) => {
  const value = parseDecimal(given);
  if (value !== undefined && compareDecimals(value, '0') >= 0 && compareDecimals(value, '100') <= 0) return value;
  context.addIssue({ code: 'custom', message: 'must be a text with a number from 0 to 100, such as "25"' });
  return z.NEVER;
});

/** 29 February is not a day of each year. */
const dayOfYear = z
  .string()
  .refine((day) => parseLocalDate(`2023-${day}`) !== undefined, 'must be a day such as "06-30"');

const named = {
  id: text.regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, _ and -'),
  level: z.enum(ALERT_LEVELS),
  source: text,
};

const milestones = z
  .array(z.strictObject({ by: dayOfYear, percent }))
  .min(1, 'must have at least one day')
  .max(366)
  .refine(
    (days) => days.every(({ by }, index) => index === 0 || by > (days[index - 1]?.by ?? '')),
    'must be in the order of their days, each day once',
  );

const AlertRuleFile = z.strictObject({
  name: text,
  example: z.boolean().default(false),
  rules: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ ...named, kind: z.literal('SPENDING_BELOW'), milestones }),
        z.strictObject({ ...named, kind: z.literal('PROGRESS_GAP_OVER'), points: percent }),
        z.strictObject({ ...named, kind: z.literal('LINE_OVERRUN') }),
      ]),
    )
    .max(100)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'two rules have the same id'),
});

/** Reads a file of alert rules. Throws `RuleFileError` with everything that is wrong. */
export function readAlertRules(json: string): AlertRules {
  const parsed = AlertRuleFile.safeParse(parseJsonFile(json, (problem) => new RuleFileError(`it ${problem}`)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new RuleFileError(problems.join('; '));
}
