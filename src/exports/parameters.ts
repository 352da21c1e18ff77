import { ChangeFilter } from '../change-feed/filter';
import { InputObject } from '../input/field';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { LedgerCalendar } from '../kernel/time';
import { FormatOptions } from './formats/format';
import { Query } from '../input/query-filter';
import { QueryParameters } from '../input/query-parameters';

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
const OPTIONS = ['after', 'limit', 'fields', 'bom', 'spreadsheet'];

/** The query parameters: how to export, and the parts of the change filter. Throws BAD_USER_INPUT with everything that is wrong. */
export function readParameters(query: Query, { changeFilter, calendar }: ParameterTerms): ExportRequest {
  const parameters = new QueryParameters(query);
  parameters.requireNames([...OPTIONS, ...Object.keys(changeFilter.fields)]);
  const after = parameters.parsed('after', parsePosition, POSITION_EXPECTED) ?? 0n;
  const limit = parameters.parsed('limit', parseLimit, 'must be a whole number from 1');
  const withFields = parameters.flag('fields', false);
  const format = { ...readTextOptions(parameters), withFields };
  return { after, limit, filter: parameters.filter(changeFilter, calendar), withFields, format };
}

const parseLimit = (text: string): number | undefined => (LIMIT.test(text) ? Number(text) : undefined);

/** How CSV is written. The other formats have no such options, but a client may send them. */
export function readTextOptions(parameters: QueryParameters): Omit<FormatOptions, 'withFields'> {
  const byteOrderMark = parameters.flag('bom', true);
  return { byteOrderMark, forSpreadsheets: parameters.flag('spreadsheet', byteOrderMark) };
}
