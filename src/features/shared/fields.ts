import { Choice } from '../../input/choice';
import { Field } from '../../input/field';
import { anyOf, code, fiscalYear, oneOf, optional } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';

/** Fields that the inputs of several features have. */

/** The code of the entity that an action is about, or of one that it begins. */
export const codeOf = (chinese: string, english: string): Field<string> =>
  code(
    `${chinese}，区分大小写，最多 64 个字符：字母、数字、_ 和 -，以字母或数字开头。${english}; its case matters. At most 64 letters, digits, _ and -, the first a letter or digit.`,
  );

/** What names an entity of a department's fiscal year: a budget, an evaluation. */
export const YEAR_OF_DEPARTMENT = {
  department: code(
    '部门代码；部门必须已登记，否则 NOT_FOUND。The code of the department, which must be registered: else NOT_FOUND.',
  ),
  fiscalYear: fiscalYear(
    '预算年度，1949 至 9998；超出为 BAD_USER_INPUT。The fiscal year, from 1949 to 9998; any other: BAD_USER_INPUT.',
  ),
};

/** Arguments of lists: each leaves only what it names. */

export const departmentFilter = optional(
  code('仅限该代码的部门；不填则不限。Only the department with this code; left out: every one.'),
);

export const fiscalYearFilter = optional(
  fiscalYear(
    '仅限该预算年度，1949 至 9998；不填则不限。Only this fiscal year, from 1949 to 9998; left out: every year.',
  ),
);

export const anyOfChoice = <Value extends string>(values: Choice<Value>): Field<readonly Value[] | undefined> =>
  optional(
    anyOf(
      oneOf(values),
      { most: INPUT_BOUNDS.maxFilterValues },
      '符合其中任何一项；空列表不匹配任何一项。Any of these; an empty list matches none.',
    ),
  );
