import { MOMENT_EXPECTED } from '../../input/fields';
import { parsePosition, POSITION_EXPECTED } from '../../kernel/position';
import { LedgerCalendar, parseMoment } from '../../kernel/time';
import { AsOf } from '../../reading/ledger-reader';
import { Table } from '../../reading/tables/table';
import { readTextOptions } from '../parameters';
import { Query } from '../../input/query-filter';
import { QueryParameters } from '../../input/query-parameters';
import { TextOptions } from './formats/format';

export interface TableRequest<Filter> {
  readonly asOf: AsOf;
  readonly filter: Filter;
  readonly text: TextOptions;
}

const OPTIONS = ['knownAt', 'position', 'effectiveAt', 'bom', 'spreadsheet'];

/** The query parameters: as of when, how, and the parts of the table's filter. Throws BAD_USER_INPUT with everything that is wrong. */
export function readTableParameters<Filter>(
  query: Query,
  { filter }: Pick<Table<unknown, Filter>, 'filter'>,
  calendar: LedgerCalendar,
): TableRequest<Filter> {
  const parameters = new QueryParameters(query);
  parameters.requireNames([...OPTIONS, ...Object.keys(filter.fields)]);
  const asOf = {
    knownAt: parameters.parsed('knownAt', parseMoment, MOMENT_EXPECTED),
    position: parameters.parsed('position', parsePosition, POSITION_EXPECTED),
    effectiveAt: parameters.parsed('effectiveAt', parseMoment, MOMENT_EXPECTED),
  };
  const text = readTextOptions(parameters);
  return { asOf, text, filter: parameters.filter(filter, calendar) };
}
