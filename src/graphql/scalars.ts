import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { MAX_SCALAR_LENGTH } from '../kernel/limits';
import { formatInstant } from '../kernel/time';
import { LeafCheck } from './execution/leaf-values';

/**
 * The specifications describe the notation: a LocalDate is a full-date of RFC 3339, and a Moment is either a DateTime or a LocalDate.
 *
 * Input scalars take any text of a sane length; what it means is checked with the rest of the input, so that the answer has
 * the path of what is wrong (`extensions.violations`).
 */
function textScalar(
  name: string,
  { description, specifiedByURL }: { readonly description: string; readonly specifiedByURL: string },
  serialize: (value: never) => string,
): GraphQLScalarType<string, string> {
  const accepts = (value: unknown): boolean => typeof value === 'string' && value.length <= MAX_SCALAR_LENGTH;
  const message = `must be a text of at most ${MAX_SCALAR_LENGTH} characters`;
  const leafCheck: LeafCheck = { accepts, literals: [Kind.STRING], message };
  const parse = (value: unknown): string => {
    if (accepts(value)) return value as string;
    throw new GraphQLError(`A ${name} ${message}`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    extensions: { leafCheck },
    serialize: (value) => serialize(value as never),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const asWritten = (value: string): string => value;

export const DateTimeScalar = textScalar(
  'DateTime',
  {
    description: 'RFC 3339 时刻。An RFC 3339 instant. Printed in UTC with milliseconds: "2023-06-30T15:59:59.999Z".',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  },
  formatInstant,
);

export const LocalDateScalar = textScalar(
  'LocalDate',
  {
    description: '日期(账本时区)。An ISO 8601 calendar date in the ledger\'s time zone: "2023-06-30".',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  },
  asWritten,
);

export const MomentScalar = textScalar(
  'Moment',
  {
    description:
      "时刻或日期。A DateTime or a LocalDate. As an upper bound a date means the end of that day in the ledger's time zone, inclusive; as the time of a fact, or as a lower bound, its 00:00 there.",
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  },
  asWritten,
);

export const DecimalScalar = textScalar(
  'Decimal',
  {
    description:
      '精确十进制数。An exact decimal number, as a string: "96898800.00". Never a float. Amounts have at least 2 decimals and no zeros after those; rates are percentages with 2 decimals, rounded half away from zero.',
    specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  },
  asWritten,
);

export const PositionScalar = textScalar(
  'Position',
  {
    description:
      '账本位置。A position in the log: opaque and totally ordered. The cursor of a change, the position of a snapshot and the position that a write returns are interchangeable. "0" is before all events. Malformed: BAD_USER_INPUT. Beyond the head: AS_OF_IN_FUTURE.',
    specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#unsignedLong',
  },
  (position: bigint) => position.toString(),
);

const { name, specifiedByURL: _, ...json } = GraphQLJSON.toConfig();
export const JSONScalar = new GraphQLScalarType({
  ...json,
  name,
  description: 'JSON 值。Any JSON value.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
});
