import pino from 'pino';
import { ledgerFile, openEventStore } from '../app/engines';
import { checkpointFile, treeFolder } from '../app/evidence';
import { LedgerSnapshot } from '../event-store/adapters/sqlite/ledger-snapshot';
import { CheckpointFile } from '../evidence/adapters/checkpoint-file';
import { TileFiles } from '../evidence/adapters/tile-files';
import { requireSigned } from '../evidence/compare-log';
import { LogTree } from '../evidence/log-tree';
import { UnsoundEvidence } from '../evidence/unsound';
import { LogMismatch } from '../kernel/outage';
import { logTelemetry } from '../telemetry/log';
import { CommandContext, UsageError } from './command';
import { Progress } from './progress';

/** Compares the log with the newest checkpoint. Returns the exit status. */
export async function verifySignedLog(
  arguments_: readonly string[],
  { config, out, err, signal }: CommandContext,
): Promise<number> {
  if (arguments_.length > 1) throw new UsageError('--log compares the whole log, and takes nothing else');
  const { newest } = CheckpointFile.read(checkpointFile(config));
  if (newest === undefined) {
    err.write(`There is no checkpoint in ${checkpointFile(config)}: this process has not signed the log\n`);
    return 1;
  }
  const telemetry = logTelemetry(pino({ level: config.logLevel }, pino.destination(2)));
  // The checkpoint was read first, so the snapshot has all its events.
  const log =
    config.eventStoreUrl === undefined ? new LedgerSnapshot(ledgerFile(config)) : openEventStore(config, telemetry);
  const progress = new Progress(err as NodeJS.WriteStream, 'hashing');
  try {
    const tree = LogTree.open(new TileFiles(treeFolder(config)), newest.treeSize);
    const isTreeRight = await requireSigned(log, newest, tree && { tree }, {
      signal,
      onProgress: (events) => {
        progress.show(Number(events), Number(events) / Number(newest.treeSize));
      },
    });
    if (signal.aborted) return 1;
    out.write(
      `The log has the ${newest.treeSize} events of the newest checkpoint, up to position ${newest.position}\n`,
    );
    if (!isTreeRight) err.write('Files of the tree are damaged; a server computes the tree again when it starts\n');
    return 0;
  } catch (error) {
    if (!(error instanceof LogMismatch || error instanceof UnsoundEvidence)) throw error;
    err.write(`${error.message}\n`);
    return 1;
  } finally {
    progress.end();
    await log.close();
  }
}
