import { Counter, Registry } from 'prom-client';

/** What became of the reads that have to be on record. */
export function readMetrics(registry: Registry) {
  const registers = [registry];
  return {
    recorded: new Counter({
      name: 'mingjian_reads_recorded_total',
      help: 'Reads of persons that were written to the record of reads',
      registers,
    }),
    unrecorded: new Counter({
      name: 'mingjian_reads_unrecorded_total',
      help: 'Reads of persons that were answered and are not on record',
      registers,
    }),
  };
}
