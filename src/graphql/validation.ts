import { registerDecorator, validateSync, ValidationError, ValidationOptions } from 'class-validator';
import {
  getNamedType,
  getNullableType,
  GraphQLArgument,
  GraphQLInputType,
  GraphQLResolveInfo,
  isInputObjectType,
  isListType,
} from 'graphql';
import { getMetadataStorage, ResolverData } from 'type-graphql';
import { isBlank } from '../kernel/blank';
import { FISCAL_YEARS, isCode, isFiscalYear } from '../kernel/codes';
import { DecimalBounds, compareDecimals, parseDecimal } from '../kernel/decimal';
import { canonicalJson } from '../kernel/json';
import { INPUT_BOUNDS, MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '../kernel/limits';
import { Violation } from '../kernel/refusal';
import { parseLocalDate, parseMoment } from '../kernel/time';
import { brokenTextsIn } from './broken-texts';
import { RequestContext } from './context';
import { toGraphQLError } from './errors';
import { parsePosition } from '../reading/ids';
import { wholeViolations } from './input-checks';

/**
 * type-graphql's `validateFn`: checks the decorated input objects, and refuses with the place of each violation in the
 * arguments. A null counts as left out, and becomes the default where there is one. Checks have to answer at once:
 * class-validator would skip an asynchronous one.
 */
export function validateInput(value: unknown, type: unknown, { args, info, context }: ResolverData): void {
  if (brokenTextsIn(value).length > 0) toss(brokenTextsIn(args));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const errors = validateSync(value, { skipMissingProperties: true, forbidUnknownValues: false });
  const argument = argumentOf(value, type, args, info);
  const root = argument === undefined ? '' : `/${argument.name}`;
  const calendar = () => (context as RequestContext).services.calendar;
  const whole = wholeViolations(value, calendar).map(({ path, message }) => ({ path: `${root}${path}`, message }));
  const violations = [...errors.flatMap((error) => violationsOf(error, root)), ...whole];
  if (violations.length > 0) toss(violations);
  if (argument !== undefined) defaultNulls(value, argument.type);
}

/** Puts the default in the place of an explicit null, which means the same: also to an idempotency key, sent again without it. */
function defaultNulls(value: unknown, type: GraphQLInputType): void {
  const nullable = getNullableType(type);
  if (isListType(nullable) && Array.isArray(value)) for (const item of value) defaultNulls(item, nullable.ofType);
  if (!isInputObjectType(nullable) || typeof value !== 'object' || value === null) return;
  const parts = value as Record<string, unknown>;
  for (const { name, type: typeOfPart, defaultValue } of Object.values(nullable.getFields())) {
    if (parts[name] === null && defaultValue !== undefined) parts[name] = defaultValue;
    else defaultNulls(parts[name], typeOfPart);
  }
}

function toss(violations: readonly Violation[]): never {
  throw toGraphQLError({ kind: 'BAD_USER_INPUT', violations });
}

function violationsOf(
  { property, value, constraints = {}, children = [] }: ValidationError,
  above: string,
): Violation[] {
  const path = `${above}/${property}`;
  const own = Object.entries(constraints).flatMap(([name, message]) => {
    const check = Array.isArray(value) ? textChecks.get(name) : undefined;
    return check === undefined ? [{ path, message }] : wrongItems(value as unknown[], check, path);
  });
  return [...own, ...children.flatMap((child) => violationsOf(child, path))];
}

/** class-validator does not say which items of a list are wrong. */
const wrongItems = (items: readonly unknown[], { message, check }: TextRule, path: string): Violation[] =>
  items.flatMap((item, index) =>
    typeof item === 'string' && check(item) ? [] : [{ path: `${path}/${index}`, message }],
  );

/** Which of the field's arguments the object is; undefined if it is all of them together. */
function argumentOf(
  value: object,
  type: unknown,
  args: Record<string, unknown>,
  info: GraphQLResolveInfo,
): GraphQLArgument | undefined {
  const isAll = getMetadataStorage().argumentTypes.some(({ target }) => target === type);
  const known = isAll ? [] : (info.parentType.getFields()[info.fieldName]?.args ?? []);
  const inputs = known.filter((argument) => isInputObjectType(getNamedType(argument.type)));
  if (inputs.length <= 1) return inputs[0];
  const text = canonicalJson(value);
  return inputs.find(({ name }) => canonicalJson(args[name]) === text);
}

type TextCheck = (text: string) => boolean;

interface TextRule {
  readonly message: string;
  readonly check: TextCheck;
}

/** By the name that class-validator reports. */
const textChecks = new Map<string, TextRule>();

function textDecorator(name: string, message: string, check: TextCheck) {
  // Decimals have a rule for each range, and stand in no list.
  textChecks.set(name, { message, check });
  return (options?: ValidationOptions): PropertyDecorator =>
    (target, propertyName) => {
      registerDecorator({
        name,
        target: target.constructor,
        propertyName: propertyName as string,
        options,
        validator: {
          validate: (value: unknown) => typeof value === 'string' && check(value),
          defaultMessage: () => message,
        },
      });
    };
}

export const CODE_EXPECTED = `must be a code: letters, digits, _ and -, at most ${INPUT_BOUNDS.maxCodeLength}, beginning with a letter or digit`;
export const FISCAL_YEAR_EXPECTED = `must be a year from ${FISCAL_YEARS.first} to ${FISCAL_YEARS.last}`;

export const IsLedgerCode = textDecorator('isLedgerCode', CODE_EXPECTED, isCode);
export const IsLocalDate = textDecorator(
  'isLocalDate',
  'must be a date that exists, such as 2023-06-30',
  (text) => parseLocalDate(text) !== undefined,
);
export const MOMENT_EXPECTED = 'must be an RFC 3339 instant with an offset, or a date that exists';
export const POSITION_EXPECTED = 'must be a position of the log';

export const IsMoment = textDecorator('isMoment', MOMENT_EXPECTED, (text) => parseMoment(text) !== undefined);
export const IsPosition = textDecorator('isPosition', POSITION_EXPECTED, (text) => parsePosition(text) !== undefined);
export const NOT_BLANK_EXPECTED = 'must not be blank';

/** Something that a reader can see. */
export const IsNotBlank = textDecorator('isNotBlank', NOT_BLANK_EXPECTED, (text) => !isBlank(text));
/** Names and titles: something that a reader can see, and not long. */
export const IsLabel = textDecorator(
  'isLabel',
  `must not be blank, and at most ${MAX_NAME_LENGTH} characters long`,
  (text) => text.length <= MAX_NAME_LENGTH && !isBlank(text),
);
export const IsText = textDecorator(
  'isText',
  `must be at most ${MAX_TEXT_LENGTH} characters long`,
  (text) => text.length <= MAX_TEXT_LENGTH,
);

/** A decimal number, where given from `min` to `max`, both included. */
export function IsDecimal(range: { min?: string; max?: string } = {}, bounds?: DecimalBounds): PropertyDecorator {
  const { min, max } = range;
  const limits = [min === undefined ? '' : ` of at least ${min}`, max === undefined ? '' : ` of at most ${max}`];
  return textDecorator('isDecimal', `must be a decimal number${limits.filter(Boolean).join(' and')}`, (text) => {
    const value = parseDecimal(text, bounds);
    if (value === undefined) return false;
    return (
      (min === undefined || compareDecimals(value, min) >= 0) && (max === undefined || compareDecimals(value, max) <= 0)
    );
  })();
}

export function IsFiscalYear(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isFiscalYear',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: (value: unknown) => typeof value === 'number' && isFiscalYear(value),
        defaultMessage: () => FISCAL_YEAR_EXPECTED,
      },
    });
  };
}
