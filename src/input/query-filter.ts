import { Field, InputObject, InputType } from './field';
import { readInput } from './read-input';
import { jsonPointer } from '../kernel/json-pointer';
import { MAX_SCALAR_LENGTH } from '../kernel/limits';
import { shortened } from '../kernel/violations';
import { Refusal, Result, Violation } from '../kernel/refusal';
import { LedgerCalendar } from '../kernel/time';

export type Query = Readonly<Record<string, string | readonly string[]>>;

export interface QueryFilterTerms<Filter> {
  readonly object: InputObject<Filter>;
  readonly calendar: LedgerCalendar;
  /** Reads a parameter that is not a list. Reports it if it is given more than once. */
  readonly once: (name: string) => string | undefined;
}

type BadInput = Extract<Refusal, { readonly kind: 'BAD_USER_INPUT' }>;
type FilterResult<Filter> =
  Extract<Result<Filter>, { readonly ok: true }> | { readonly ok: false; readonly refusal: BadInput };

/** A filter from query parameters. It is checked as a whole only if every text has the type of its field. */
export function readFilter<Filter>(
  query: Query,
  { object, calendar, once }: QueryFilterTerms<Filter>,
): FilterResult<Filter> {
  const violations: Violation[] = [];
  const sent: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(object.fields)) {
    const given = field.type.kind === 'LIST' ? listed(query[name]) : once(name);
    if (given !== undefined) sent[name] = typedAs(field, name, given, violations);
  }
  if (violations.length > 0) return { ok: false, refusal: { kind: 'BAD_USER_INPUT', violations } };
  const filter = readInput(object, sent, { calendar });
  return filter.ok ? filter : { ok: false, refusal: filter.refusal as BadInput };
}

const listed = (value: Query[string] | undefined) => (typeof value === 'string' ? [value] : value);

function typedAs({ type }: Field, name: string, given: string | readonly string[], violations: Violation[]): unknown {
  const typed = (of: InputType, text: string, path: readonly (string | number)[]): unknown => {
    const value = valueOf(of, text);
    if (typeof value === 'object') violations.push({ path: jsonPointer(path), message: value.problem });
    return value;
  };
  if (type.kind !== 'LIST') return typed(type, given as string, [name]);
  return (given as readonly string[]).map((text, index) => typed(type.item, text, [name, index]));
}

const INTEGER = /^-?\d{1,15}$/;
const INTEGER_LIMIT = 2 ** 31;

/** The value of a text, or what is wrong with it, in the words that GraphQL uses for a variable of that type. */
function valueOf(type: InputType, text: string): string | number | boolean | { readonly problem: string } {
  switch (type.kind) {
    case 'INTEGER': {
      if (!INTEGER.test(text))
        return { problem: `Int cannot represent non-integer value: ${JSON.stringify(shortened(text))}` };
      const value = Number(text);
      if (value >= -INTEGER_LIMIT && value < INTEGER_LIMIT) return value;
      return { problem: `Int cannot represent non 32-bit signed integer value: ${value}` };
    }
    case 'BOOLEAN':
      if (text === 'true' || text === 'false') return text === 'true';
      return { problem: `Boolean cannot represent a non boolean value: ${JSON.stringify(shortened(text))}` };
    case 'CHOICE':
      if (type.choice.values.includes(text)) return text;
      return { problem: `Value "${shortened(text)}" does not exist in "${type.choice.name}" enum.` };
    case 'MOMENT':
      if (text.length <= MAX_SCALAR_LENGTH) return text;
      return { problem: `A Moment must be a text of at most ${MAX_SCALAR_LENGTH} characters` };
    default:
      return text;
  }
}
