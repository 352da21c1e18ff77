import { z } from 'zod';
import { isCode, isFiscalYear } from '../../kernel/codes';
import { parseJsonFile } from '../../kernel/json-file';
import { MONEY_UNITS } from '../../kernel/money';

/** A mapping that cannot be used. The message says what is wrong. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

const title = z.string().trim().min(1, 'must not be blank').max(200);
const lineCode = z.string().refine(isCode, 'must be the code of a line');

const Mapping = z
  .strictObject({
    department: z.string().refine(isCode, 'must be the code of a department'),
    fiscalYear: z.number().refine(isFiscalYear, 'must be a fiscal year'),
    sheet: title.optional(),
    unit: z.enum(MONEY_UNITS).default('YUAN'),
    columns: z.strictObject({
      voucher: title,
      date: title,
      amount: title,
      line: title.optional(),
      payee: title.optional(),
      memo: title.optional(),
    }),
    /** The line of all rows, if no column names it. */
    line: lineCode.optional(),
    /** What the column says, and the code of the line that it means. */
    lines: z.record(z.string(), lineCode).default({}),
  })
  .refine(({ columns, line }) => (columns.line === undefined) !== (line === undefined), {
    path: ['line'],
    message: 'is given, or columns.line is: one of them',
  });

/** Which columns of a table say what about payments, one row for each. */
export type PaymentMapping = z.infer<typeof Mapping>;

/** Reads a mapping. Throws `MappingError` with everything that is wrong. */
export function readMapping(json: string): PaymentMapping {
  const parsed = Mapping.safeParse(parseJsonFile(json, (problem) => new MappingError(`it ${problem}`)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new MappingError(problems.join('; '));
}
