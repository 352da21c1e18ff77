import { ChangeFilter } from '../change-feed/filter';
import { InputObject } from '../input/field';
import { jsonPointer } from '../kernel/json-pointer';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { Refused, Violation } from '../kernel/refusal';
import { shortened } from '../kernel/violations';
import { LedgerCalendar } from '../kernel/time';
import { FormatOptions } from './formats/format';
import { Query, readFilter } from './query-filter';

export interface ExportRequest {
  readonly after: bigint;
  /** At most this many changes; left out: all. */
  readonly limit?: number;
  readonly filter: ChangeFilter;
  /** Whether each change carries the fields that it changed. */
  readonly withFields: boolean;
  readonly format: FormatOptions;
}

export interface ParameterTerms {
  readonly calendar: LedgerCalendar;
  readonly changeFilter: InputObject<ChangeFilter>;
}

const LIMIT = /^[1-9]\d{0,14}$/;

/** The query parameters: how to export, and the parts of the change filter. Throws BAD_USER_INPUT with everything that is wrong. */
export function readParameters(query: Query, { changeFilter, calendar }: ParameterTerms): ExportRequest {
  const violations: Violation[] = [];
  const refuse = (name: string, message: string): void => {
    violations.push({ path: jsonPointer([name]), message });
  };
  const once = (name: string): string | undefined => {
    const value = query[name];
    if (typeof value !== 'object') return value;
    refuse(name, 'is given once');
    return undefined;
  };
  const flag = (name: string, defaultValue: boolean): boolean => {
    const value = once(name);
    if (value !== undefined && value !== '0' && value !== '1') refuse(name, 'must be 0 or 1');
    return value === undefined ? defaultValue : value === '1';
  };

  const known = ['after', 'limit', 'fields', 'bom', 'spreadsheet', ...Object.keys(changeFilter.fields)];
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) refuse(shortened(name), `is no parameter; there are ${known.join(', ')}`);
  }
  const after = parsePosition(once('after') ?? '0');
  if (after === undefined) refuse('after', POSITION_EXPECTED);
  const limit = once('limit');
  if (limit !== undefined && !LIMIT.test(limit)) refuse('limit', 'must be a whole number from 1');
  const withFields = flag('fields', false);
  const byteOrderMark = flag('bom', true);
  const forSpreadsheets = flag('spreadsheet', byteOrderMark);
  const filter = readFilter(query, { object: changeFilter, calendar, once });

  if (filter.ok && after !== undefined && violations.length === 0) {
    const format = { byteOrderMark, forSpreadsheets, withFields };
    return { after, limit: limit === undefined ? undefined : Number(limit), filter: filter.value, withFields, format };
  }
  const ofFilter = filter.ok ? { violations: [] } : filter.refusal;
  throw new Refused({ ...ofFilter, kind: 'BAD_USER_INPUT', violations: [...violations, ...ofFilter.violations] });
}
