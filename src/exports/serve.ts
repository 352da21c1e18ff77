import type { FastifyInstance } from 'fastify';
import { Table } from '../reading/tables/table';
import { changesFor } from './changes';
import { serveEvidence } from './evidence/serve';
import { EvidenceTerms } from './evidence/services';
import { PATHS } from './formats';
import { ExportOptions, serveExport } from './serve-export';
import { TABLE_FORMATS } from './tables/formats';
import { tableFor } from './tables/answer';

export interface ExportsOptions extends ExportOptions {
  readonly tables: Iterable<Table>;
  readonly evidence: EvidenceTerms;
}

/**
 * The ledger for batch jobs, each answer of any length: the change feed from a position up to the head as it is when the request
 * starts, the state of all entities as of a moment, and evidence.
 */
export function serveExports(fastify: FastifyInstance, options: ExportsOptions): void {
  for (const path of PATHS) serveExport(fastify, options, path, changesFor(path));
  for (const table of options.tables) {
    for (const format of TABLE_FORMATS) {
      serveExport(fastify, options, `/${table.name}.${format.extension}`, tableFor(table, format));
    }
  }
  serveEvidence(fastify, options);
}
