import pino from 'pino';
import { Config } from '../app/config';
import { ledgerFile, openEventStore } from '../app/engines';
import { checkpointFile } from '../app/evidence';
import { LedgerSnapshot } from '../event-store/adapters/sqlite/ledger-snapshot';
import { ImportedReads } from '../event-store/imported-log';
import { CheckpointFile } from '../evidence/adapters/checkpoint-file';
import { exportedLog } from '../evidence/log-file/export-log';
import { LOG_FORMAT } from '../evidence/log-file/log-file';
import { parseCheckpoint } from '../evidence/notes/checkpoint';
import { parseNote } from '../evidence/notes/signed-note';
import { Outage } from '../kernel/outage';
import { parsePosition } from '../kernel/position';
import { logTelemetry } from '../telemetry/log';
import { stderrOutput } from '../telemetry/stderr-output';
import { readArguments } from './arguments';
import { Command, UsageError } from './command';
import { writeNewFile } from './new-file';
import { Progress } from './progress';

const USAGE = `mingjian export-log <file> [--position <position>]

Writes the whole log to one file, from which mingjian import-log fills the empty log of another engine: the embedded store or KurrentDB.
The server may run. The file has a line for each event, as the leaf of the tree is made of it, and ends with the root of the tree. If the
server has signed the log, the file has the newest checkpoint too, and the log is compared with it.

  --position   the last event of the file; by default the newest one

To move a ledger, stop its server first: what it records later is not in the file. Before that, write down the webhooks: they and the record of
who read what are logs of their own, and stay where they are (docs/moving.md).
`;

/** What a move leaves behind. Nobody should learn of it from a receiver that hears nothing any more. */
export const LEFT_BEHIND =
  'Not moved: the record of who read what, and the webhooks with their secrets. What to do: docs/moving.md\n';

/** How many events there are between two lines of the progress. */
export const SHOWN_EVERY = 500n;

export const exportLogCommand: Command = {
  name: 'export-log',
  summary: 'writes the whole log to a file, to move it to another engine',
  usage: USAGE,
  async run(arguments_, { config, out, err, signal }) {
    const { file, position } = options(arguments_);
    requireReal(config);
    // First: the log has all events that were signed.
    const kept = CheckpointFile.read(checkpointFile(config));
    const telemetry = logTelemetry(pino({ level: config.logLevel }, stderrOutput()));
    const { streamPrefix, timeZone } = config;
    const log =
      config.eventStoreUrl === undefined
        ? new ImportedReads(new LedgerSnapshot(ledgerFile(config)), streamPrefix)
        : openEventStore(config, telemetry);
    const progress = new Progress(err as NodeJS.WriteStream, 'exporting');
    try {
      const head = await log.head();
      if (position !== undefined && position > head) throw new Outage(`The log ends at position ${head}`);
      const upTo = position ?? head;
      const origin = kept.newest === undefined ? config.signing.origin : originOf(kept.newest.note);
      const { events, ...end } = await writeNewFile(
        file,
        exportedLog({
          log: { readAll: (after) => log.readLeaves(after) },
          upTo,
          header: { format: LOG_FORMAT, streamPrefix, timeZone, ...(origin === undefined ? {} : { origin }) },
          kept,
          onProgress(done, at) {
            signal.throwIfAborted();
            if (done % SHOWN_EVERY === 0n) progress.show(Number(done), Number(at) / Number(upTo));
          },
        }),
      );
      progress.end();
      out.write(
        `${file}: ${events} events, up to position ${end.position}; root ${end.rootHash.toString('base64')} of ${end.treeSize} leaves\n`,
      );
      out.write(LEFT_BEHIND);
      return 0;
    } catch (error) {
      if (!signal.aborted) throw error;
      err.write('Stopped; there is no file\n');
      return 1;
    } finally {
      progress.end();
      await log.close();
    }
  },
};

const originOf = (note: string): string => parseCheckpoint(parseNote(note).text).origin;

/** Demo mode gives everybody a token, and its signing key is new at each start. */
export function requireReal({ demo }: Config): void {
  if (demo) throw new UsageError('a demo ledger is not moved: start without DEMO');
}

function options(arguments_: readonly string[]): { readonly file: string; readonly position: bigint | undefined } {
  const { positionals, values } = readArguments({
    args: [...arguments_],
    allowPositionals: true,
    options: { position: { type: 'string' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || file === '' || others.length > 0) throw new UsageError('name one file');
  if (values.position === undefined) return { file, position: undefined };
  const position = parsePosition(values.position);
  if (position === undefined || position === 0n)
    throw new UsageError('--position needs a position of the log, above 0');
  return { file, position };
}
