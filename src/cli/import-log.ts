import pino from 'pino';
import { openStore } from '../app/engines';
import { features, streamNames } from '../app/features';
import { nameOfLedger } from '../app/opened-ledger';
import { upcaster } from '../event-store/event-types';
import { importLog, ImportResult, NotEmpty } from '../evidence/log-file/import-log';
import { MOST_LINE_BYTES } from '../evidence/log-file/log-file';
import { UnsoundEvidence } from '../evidence/unsound';
import { systemClock } from '../kernel/time';
import { logTelemetry } from '../telemetry/log';
import { stderrOutput } from '../telemetry/stderr-output';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { LEFT_BEHIND, requireReal, SHOWN_EVERY } from './export-log';
import { linesOf } from './file-lines';
import { Progress } from './progress';
import { printable } from './table';

const USAGE = `mingjian import-log <file>

Fills an empty log from a file of mingjian export-log: the embedded store in DATA_DIR, or KurrentDB if EVENTSTORE_URL is set. No server may use
it meanwhile. All of the file is checked before anything is written, and all that was written is compared with the file's root in the end.

Old positions, times and ids stay what they were. The first event of the new log is LedgerImported. The new ledger needs a LEDGER_ORIGIN of its
own, and an empty folder "tree" in DATA_DIR. The record of who read what, and the webhooks, are not in the file (docs/moving.md).

If the import is interrupted, run the same command again: it goes on with the rest. Until it is finished, no server serves the log.

Exit status: 0 imported, now or before; 1 the file is refused, the log is not empty, or the import was stopped.
`;

export const importLogCommand: Command = {
  name: 'import-log',
  summary: 'fills an empty log from a file of export-log',
  usage: USAGE,
  async run(arguments_, { config, out, err, signal }) {
    const file = fileIn(arguments_);
    requireReal(config);
    const { streamPrefix: prefix, timeZone, signing } = config;
    const telemetry = logTelemetry(pino({ level: config.logLevel }, stderrOutput()));
    const streams = streamNames(prefix);
    const upcast = upcaster(features.eventTypes);
    const steps = { checking: 'checking the file', importing: 'importing', comparing: 'comparing' } as const;
    let shown: { readonly step: string; readonly progress: Progress } | undefined;
    const store = openStore(config, telemetry);
    try {
      const result = await importLog({
        lines: () => linesOf(file, MOST_LINE_BYTES),
        store,
        prefix,
        timeZone,
        origin: signing.origin,
        requireKnown(event) {
          streams.entityOf(event.stream);
          upcast(event);
        },
        clock: systemClock,
        signal,
        onProgress(step, events, of) {
          if (events % SHOWN_EVERY !== 0n) return;
          if (shown?.step !== step) {
            shown?.progress.end();
            shown = { step, progress: new Progress(err as NodeJS.WriteStream, steps[step]) };
          }
          shown.progress.show(Number(events), of === undefined ? 0 : Number(events) / Number(of));
        },
      });
      shown?.progress.end();
      out.write(textOf(result, nameOfLedger(config)));
      return result.kind === 'stopped' ? 1 : 0;
    } catch (error) {
      if (!(error instanceof UnsoundEvidence || error instanceof NotEmpty)) throw error;
      err.write(`${printable(error.message)}\n`);
      return 1;
    } finally {
      await store.close();
    }
  },
};

function textOf(result: ImportResult, ledger: string): string {
  switch (result.kind) {
    case 'imported':
      return `${ledger}: ${result.events} events imported, up to position ${result.position}; compared with the root of the file\n${LEFT_BEHIND}`;
    case 'imported-before':
      return `${ledger}: this file was imported before, ${result.events} events; nothing was written\n`;
    case 'stopped':
      return 'Stopped. Run the same command again: it goes on with the rest. Until then no server serves this log\n';
  }
}

function fileIn(arguments_: readonly string[]): string {
  const { positionals } = readArguments({ args: [...arguments_], allowPositionals: true, options: {} });
  const [file, ...others] = positionals;
  if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
  return file;
}
