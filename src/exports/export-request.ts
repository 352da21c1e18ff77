import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLInputField,
  GraphQLInputObjectType,
  GraphQLInt,
  isListType,
} from 'graphql';
import { Violation } from '../kernel/refusal';
import { pointer } from '../audit/audit-view';
import { ChangeFilter } from '../change-feed/filter';
import { ChangeFilterInput } from '../graphql/change-filter';
import { toGraphQLError } from '../graphql/errors';
import { FilterTerms, filterViolations, toFilter } from '../graphql/filter-reading';
import { parsePosition } from '../reading/ids';
import { POSITION_EXPECTED } from '../graphql/validation';
import { CsvOptions } from './formats';

export interface PullRequest {
  readonly after: bigint;
  /** At most so many changes; left out: all. */
  readonly limit?: number;
  readonly filter: ChangeFilter;
  readonly csv: CsvOptions;
}

export type Query = Readonly<Record<string, string | readonly string[]>>;

const LIMIT = /^[1-9]\d{0,14}$/;

/** The parameters of an address. The parts of the filter are read and judged as GraphQL's filter is. Throws BAD_USER_INPUT. */
export function readPull(query: Query, filterType: GraphQLInputObjectType, terms: FilterTerms): PullRequest {
  const violations: Violation[] = [];
  const refuse = (name: string, message: string): void => {
    violations.push({ path: pointer('', name), message });
  };
  const parts = filterType.getFields();
  const once = (name: string): string | undefined => {
    const value = query[name];
    if (typeof value !== 'object') return value;
    refuse(name, 'is given once');
    return undefined;
  };

  const known = ['after', 'limit', 'bom', 'spreadsheet', ...Object.keys(parts)];
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) refuse(name, `is no parameter; there are ${known.join(', ')}`);
  }
  const after = parsePosition(once('after') ?? '0');
  if (after === undefined) refuse('after', POSITION_EXPECTED);
  const limit = once('limit');
  if (limit !== undefined && !LIMIT.test(limit)) refuse('limit', 'must be a whole number from 1');
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = once(name);
    if (value !== undefined && value !== '0' && value !== '1') refuse(name, 'must be 0 or 1');
    return value === undefined ? otherwise : value === '1';
  };
  const byteOrderMark = flag('bom', true);
  const forSpreadsheets = flag('spreadsheet', byteOrderMark);

  const filter: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(parts)) {
    const given = isList(part) ? listed(query[name]) : once(name);
    if (given !== undefined) filter[name] = typedAs(part, given);
  }
  const wrongTypes: Violation[] = [];
  const typed = coerceInputValue(filter, filterType, (path, _value, { message }) => {
    wrongTypes.push({ path: path.reduce<string>(pointer, ''), message });
  }) as ChangeFilterInput;
  violations.push(...(wrongTypes.length > 0 ? wrongTypes : filterViolations(typed, terms)));
  if (after === undefined || violations.length > 0) throw toGraphQLError({ kind: 'BAD_USER_INPUT', violations });
  return {
    after,
    limit: limit === undefined ? undefined : Number(limit),
    filter: toFilter(typed, terms.calendar),
    csv: { byteOrderMark, forSpreadsheets },
  };
}

const listed = (value: Query[string] | undefined) => (typeof value === 'string' ? [value] : value);

const isList = ({ type }: GraphQLInputField): boolean => isListType(getNullableType(type));

/** Texts as values of the part's type, where they are; others are left for GraphQL to refuse. */
function typedAs(part: GraphQLInputField, given: string | readonly string[]): unknown {
  const named = getNamedType(part.type);
  const typed = (text: string): unknown => {
    if (named === GraphQLInt && /^-?\d{1,15}$/.test(text)) return Number(text);
    if (named === GraphQLBoolean && (text === 'true' || text === 'false')) return text === 'true';
    return text;
  };
  return typeof given === 'string' ? typed(given) : given.map(typed);
}
