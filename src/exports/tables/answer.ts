import type { FastifyRequest } from 'fastify';
import { unwrap } from '../../kernel/refusal';
import { ReadingRequest } from '../../reading/request';
import { Scope } from '../../reading/scope';
import { Table } from '../../reading/tables/table';
import { Query } from '../../input/query-filter';
import { Answer } from '../send';
import { ExportServices } from '../services';
import { workerOf } from '../stopping';
import { TableFormat } from './formats/format';
import { readTableParameters } from './parameters';

/** A table as of the moment that the client names, by default now. */
export const tableFor =
  (table: Table, format: TableFormat) =>
  async ({ services, principal, work }: ReadingRequest<ExportServices>, { query }: FastifyRequest): Promise<Answer> => {
    const { asOf, filter, text } = readTableParameters(query as Query, table, services.calendar);
    const snapshot = unwrap(await services.reader.resolve(asOf, '/position'));
    services.patience?.lift();
    const scope = new Scope(services, snapshot, 'snapshot');
    const { columns } = table;
    services.reads?.departments(`export ${table.name}`, snapshot, table.departments(filter));
    return {
      contentType: format.contentType,
      position: scope.position,
      fields: columns.map(({ name }) => name),
      work,
      pieces: (signal) =>
        format.write({
          columns,
          pages: table.rows(scope, filter),
          position: scope.position,
          worker: workerOf(principal.sub, signal),
          text,
        }),
    };
  };
