import { isBlank } from '../kernel/blank';
import { CODE_EXPECTED, FISCAL_YEAR_EXPECTED, isCode, isFiscalYear } from '../kernel/codes';
import { compareDecimals, Decimal, parseDecimal } from '../kernel/decimal';
import { INPUT_BOUNDS, MAX_NAME_LENGTH, MAX_SCALAR_LENGTH, MAX_TEXT_LENGTH } from '../kernel/limits';
import { Fen, MONEY_UNITS, MoneyUnit, parseAmount } from '../kernel/money';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { Instant, LocalDate, parseLocalDate, parseMoment } from '../kernel/time';
import { isUnicode, NOT_UNICODE } from '../kernel/unicode';
import { choice, Choice } from './choice';
import { Field, FieldReading, InputObject, ScalarKind } from './field';

/**
 * The fields that inputs are made of. A field is required until `optional` or `orDefault` says otherwise. The item of a list has no
 * description of its own.
 */

export const MOMENT_EXPECTED = 'must be an RFC 3339 instant with an offset, or a date that exists';
export const INSTANT_EXPECTED = 'must be an RFC 3339 instant with an offset';
export const DATE_EXPECTED = 'must be a date that exists, such as 2023-06-30';
export const NOT_BLANK_EXPECTED = 'must not be blank';

export const optional = <Value>(field: Field<Value>): Field<Value | undefined> => ({ ...field, required: false });

export const orDefault = <Value extends string | boolean | number | readonly string[]>(
  field: Field<Value>,
  defaultValue: Value,
): Field<Value> => ({
  ...field,
  required: false,
  defaultValue,
});

/** A field with a default that an input gets after a release: keys that were used before still mean the same. */
export const later = <Value>(field: Field<Value>): Field<Value> => ({ ...field, isLater: true });

export const code = (description = ''): Field<string> => texts('ID', description, isCode, CODE_EXPECTED);

/** Names and titles: visible and short. */
export const label = (description = '', { most = MAX_NAME_LENGTH } = {}): Field<string> => {
  const message = `must not be blank, and at most ${most} characters long`;
  return texts('STRING', description, (text) => text.length <= most && !isBlank(text), message);
};

export interface TextBounds {
  readonly most?: number;
  readonly blank?: 'refused';
}

export const text = (description = '', { most = MAX_TEXT_LENGTH, blank }: TextBounds = {}): Field<string> => {
  const message = `must be at most ${most} characters long`;
  return {
    type: { kind: 'STRING' },
    description,
    required: true,
    read(sent, reading) {
      const read = readText(sent, reading);
      if (read === undefined) return sent as string;
      if (blank === 'refused' && isBlank(read)) reading.refuse(NOT_BLANK_EXPECTED);
      if (read.length > most) reading.refuse(message);
      return read;
    },
  };
};

/** A text that matches the pattern. */
export const pattern = (description: string, regexp: RegExp, expected: string): Field<string> =>
  texts('STRING', description, (sent) => regexp.test(sent), expected);

/** An opaque name of something, such as the id of a change. */
export const id = (description = ''): Field<string> => {
  const most = INPUT_BOUNDS.maxIdLength;
  return texts('ID', description, (sent) => sent.length <= most, `must be at most ${most} characters long`);
};

export const fiscalYear = (description = ''): Field<number> => integer(description, isFiscalYear, FISCAL_YEAR_EXPECTED);

export const integer = (description: string, accepts: (value: number) => boolean, expected: string): Field<number> => ({
  type: { kind: 'INTEGER' },
  description,
  required: true,
  read(sent, reading) {
    if (typeof sent !== 'number' || !Number.isInteger(sent)) reading.refuseType('must be a whole number');
    else if (!accepts(sent)) reading.refuse(expected);
    return sent as number;
  },
});

export const flag = (description = ''): Field<boolean> => ({
  type: { kind: 'BOOLEAN' },
  description,
  required: true,
  read(sent, reading) {
    if (typeof sent !== 'boolean') reading.refuseType('must be true or false');
    return sent as boolean;
  },
});

/** An exact number within the bounds of values, from `min` to `max`, both included. */
export const decimal = (
  description = '',
  { min, max }: { readonly min?: Decimal; readonly max?: Decimal } = {},
): Field<Decimal> => {
  const bounds = [min === undefined ? '' : ` of at least ${min}`, max === undefined ? '' : ` of at most ${max}`];
  return parsed('DECIMAL', description, `must be a decimal number${bounds.filter(Boolean).join(' and')}`, (sent) => {
    const value = parseDecimal(sent);
    if (value === undefined) return undefined;
    const isAbove = min === undefined || compareDecimals(value, min) >= 0;
    return isAbove && (max === undefined || compareDecimals(value, max) <= 0) ? value : undefined;
  });
};

/** An amount in the unit that the input names. */
export const amount = (description: string, zero: 'allowed' | 'refused'): Field<Fen> => ({
  type: { kind: 'DECIMAL' },
  description,
  required: true,
  read(sent, reading) {
    const read = readText(sent, reading, MAX_SCALAR_LENGTH);
    if (read === undefined) return WRONG as never;
    const parsedAmount = parseAmount(read, reading.unit);
    if ('problem' in parsedAmount) {
      reading.refuse(parsedAmount.problem);
      return WRONG as never;
    }
    if (parsedAmount.fen === 0n && zero === 'refused') reading.refuse('must be more than 0');
    return parsedAmount.fen;
  },
});

export const MoneyUnits = choice(
  'MoneyUnit',
  MONEY_UNITS,
  '金额单位。The unit of amounts; they are exact in each of them.',
  {
    YUAN: '元。Yuan.',
    WAN_YUAN: '万元。10,000 yuan.',
    YI_YUAN: '亿元。100,000,000 yuan.',
  },
);

/** The unit of the amounts of an input; yuan if it is left out. */
export const moneyUnit = (description = ''): Field<MoneyUnit> => ({
  ...orDefault(oneOf(MoneyUnits, description), 'YUAN'),
  namesUnit: true,
});

export const date = (description = ''): Field<LocalDate> => parsed('DATE', description, DATE_EXPECTED, parseLocalDate);

export const position = (description = ''): Field<bigint> =>
  parsed('POSITION', description, POSITION_EXPECTED, parsePosition);

/** A moment of the clock, not a day. */
export const instant = (description = ''): Field<Instant> =>
  parsed('INSTANT', description, INSTANT_EXPECTED, (sent) => {
    const moment = parseMoment(sent);
    return moment?.kind === 'instant' ? moment.at : undefined;
  });

/** The time from which a fact is true: a date means its 00:00 in the time zone of the ledger. */
export const timeOfFact = (description = ''): Field<Instant> =>
  parsed('MOMENT', description, MOMENT_EXPECTED, (sent, { calendar }) => {
    const moment = parseMoment(sent);
    return moment && calendar.timeOfFact(moment);
  });

/** An upper bound: a date means its end in the time zone of the ledger. */
export const upperBound = (description = ''): Field<Instant> =>
  parsed('MOMENT', description, MOMENT_EXPECTED, (sent, { calendar }) => {
    const moment = parseMoment(sent);
    return moment && calendar.upperBound(moment);
  });

export const oneOf = <Value extends string>(values: Choice<Value>, description = ''): Field<Value> => ({
  type: { kind: 'CHOICE', choice: values },
  description,
  required: true,
  read(sent, reading) {
    if (!values.values.includes(sent as Value)) reading.refuseType(`must be one of ${values.values.join(', ')}`);
    return sent as Value;
  },
});

export const object = <Value>(of: InputObject<Value>, description = of.description): Field<Value> => ({
  type: { kind: 'OBJECT', object: of },
  description,
  required: true,
  read: (sent, reading) => reading.object(of, sent),
});

export interface ListBounds {
  readonly most: number;
  /** The message if the list is empty. If left out, the list may be empty. */
  readonly notEmpty?: string;
}

export const list = <Value>(
  item: Field<Value>,
  { most, notEmpty }: ListBounds,
  description = '',
): Field<readonly Value[]> => ({
  type: { kind: 'LIST', item: item.type },
  description,
  required: true,
  read(sent, reading) {
    if (!Array.isArray(sent)) {
      reading.refuseType('must be a list');
      return WRONG as never;
    }
    if (sent.length > most) reading.refuse(`must have at most ${most} items`);
    if (sent.length === 0 && notEmpty !== undefined) reading.refuse(notEmpty);
    return sent.slice(0, most).map((part: unknown, index) => reading.part(index, () => item.read(part, reading)));
  },
});

/** A list that matches if any of its items does. One that is too long is refused as a whole. */
export const anyOf = <Value>(
  item: Field<Value>,
  { most }: ListBounds,
  description: string,
): Field<readonly Value[]> => {
  const all = list(item, { most }, description);
  return {
    ...all,
    read(sent, reading) {
      if (!Array.isArray(sent) || sent.length <= most) return all.read(sent, reading);
      reading.refuse(`must have at most ${most} values`);
      return [];
    },
  };
};

/** The result for a value that is wrong and was reported. */
const WRONG = undefined;

/** A text that is used unchanged. A wrong text is returned too, because other parts may be compared with it. */
export const texts = (
  kind: ScalarKind,
  description: string,
  accepts: (text: string) => boolean,
  expected: string,
): Field<string> => ({
  type: { kind },
  description,
  required: true,
  read(sent, reading) {
    const read = readText(sent, reading);
    if (read !== undefined && !accepts(read)) reading.refuse(expected);
    return sent as string;
  },
});

/** A text that is parsed into a value. */
export const parsed = <Value>(
  kind: ScalarKind,
  description: string,
  expected: string,
  parse: (text: string, reading: FieldReading) => Value | undefined,
): Field<Value> => ({
  type: { kind },
  description,
  required: true,
  read(sent, reading) {
    const read = readText(sent, reading, MAX_SCALAR_LENGTH);
    if (read === undefined) return WRONG as never;
    const value = parse(read, reading);
    if (value === undefined) reading.refuse(expected);
    return value as Value;
  },
});

/** undefined if the value is not a text that the ledger can hold. */
function readText(sent: unknown, reading: FieldReading, most = Infinity): string | undefined {
  if (typeof sent !== 'string') reading.refuseType('must be a text');
  else if (sent.length > most) reading.refuseType(`must be a text of at most ${most} characters`);
  else if (!isUnicode(sent)) reading.refuse(NOT_UNICODE);
  else return sent;
  return undefined;
}
