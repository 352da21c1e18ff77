import type { FastifyRequest } from 'fastify';
import { matches } from '../change-feed/filter';
import { andThen, Awaitable } from '../kernel/async';
import { unwrap } from '../kernel/refusal';
import { Change } from '../read-model/change';
import { fieldsChangedBy } from '../reading/change-lineage';
import { ReadingRequest } from '../reading/request';
import { chosenFormat } from './chosen-format';
import { ExportedChange, exportedChange } from './formats/exported-change';
import { readParameters } from './parameters';
import { Query } from '../input/query-filter';
import { Answer } from './send';
import { ExportServices } from './services';
import { write } from './write';

/** The changes at one path, in the format that the client prefers. */
export const changesFor =
  (path: string) =>
  async (reading: ReadingRequest<ExportServices>, { headers, query }: FastifyRequest): Promise<Answer> => {
    const { services, principal, work } = reading;
    const { store, lineages, calendar, reader, patience } = services;
    const exportFormat = chosenFormat(path, headers.accept);
    const { after, limit, filter, withFields, format } = readParameters(query as Query, services);
    const writer = exportFormat.writer(format);
    const { position: head } = await reading.present();
    // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
    if (after > head) unwrap(await reader.resolve({ position: after }, '/after'));
    const upTo = after > head ? after : head;
    patience?.lift();
    services.reads?.departments('export changes', { position: upTo }, filter.departments);

    const wants = (change: Change): boolean => matches(filter, change, calendar);
    const itemOf = (change: Change): Awaitable<ExportedChange> =>
      withFields
        ? andThen(fieldsChangedBy(services, services, change), (fields) => exportedChange(lineages, change, fields))
        : exportedChange(lineages, change);
    return {
      contentType: writer.contentType,
      position: upTo,
      fields: withFields ? ['changes', 'fields'] : ['changes'],
      work,
      pieces: (signal) => write({ store, wants, itemOf, after, upTo, limit, signal, owner: principal.sub }, writer),
    };
  };
