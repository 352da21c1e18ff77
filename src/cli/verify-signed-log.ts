import pino from 'pino';
import { ledgerFile, openEventStore } from '../app/engines';
import { checkpointFile, treeFolder } from '../app/evidence';
import { openRecord, readsCheckpointFile, readsFile, readsTreeFolder } from '../app/reads';
import { LedgerSnapshot } from '../event-store/adapters/sqlite/ledger-snapshot';
import { EventStore } from '../event-store/event-store';
import { ImportedReads } from '../event-store/imported-log';
import { CheckpointFile } from '../evidence/adapters/checkpoint-file';
import { TileFiles } from '../evidence/adapters/tile-files';
import { requireSigned } from '../evidence/compare-log';
import { LogTree } from '../evidence/log-tree';
import { UnsoundEvidence } from '../evidence/unsound';
import { LogMismatch } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { logTelemetry } from '../telemetry/log';
import { CommandContext, UsageError } from './command';
import { Progress } from './progress';
import { stderrOutput } from '../telemetry/stderr-output';

type ComparedLog = Pick<EventStore, 'readAll' | 'close'>;

/** A log of at most this many events is compared before anybody has read a line. */
const SHORT = 1_000n;

/** A log that this process signs. */
interface SignedPart {
  readonly name: string;
  readonly checkpoints: string;
  readonly tree: string;
  readonly open: () => ComparedLog;
  /** A smaller tree is not compared. */
  readonly leastSize: bigint;
}

/** Compares the log, and the record of reads, with their newest checkpoints. Returns the exit status. */
export async function verifySignedLog(arguments_: readonly string[], context: CommandContext): Promise<number> {
  if (arguments_.length > 1) throw new UsageError('--log compares the whole log, and takes nothing else');
  const { config, err } = context;
  const telemetry = logTelemetry(pino({ level: config.logLevel }, stderrOutput()));
  const [log, reads] = partsOf(context, telemetry);
  const status = await compare(log, context);
  if (status === undefined) {
    err.write(`There is no checkpoint in ${log.checkpoints}: this process has not signed the log\n`);
    return 1;
  }
  // Not every server has recorded reads.
  return Math.max(status, (await compare(reads, context)) ?? 0);
}

function partsOf({ config }: CommandContext, telemetry: Telemetry): readonly [SignedPart, SignedPart] {
  const isEmbedded = config.eventStoreUrl === undefined;
  return [
    {
      name: 'log',
      checkpoints: checkpointFile(config),
      tree: treeFolder(config),
      open: () =>
        leavesOf(
          isEmbedded
            ? new ImportedReads(new LedgerSnapshot(ledgerFile(config)), config.streamPrefix)
            : openEventStore(config, telemetry),
        ),
      leastSize: 0n,
    },
    {
      name: 'record of reads',
      checkpoints: readsCheckpointFile(config),
      tree: readsTreeFolder(config),
      open: () => (isEmbedded ? new LedgerSnapshot(readsFile(config)) : openRecord(config, telemetry)),
      leastSize: 1n,
    },
  ];
}

const leavesOf = (log: ImportedReads): ComparedLog => ({
  readAll: (after) => log.readLeaves(after),
  close: () => log.close(),
});

/** undefined if nothing is signed. */
async function compare(part: SignedPart, { out, err, signal }: CommandContext): Promise<number | undefined> {
  const { newest } = CheckpointFile.read(part.checkpoints);
  if (newest === undefined || newest.treeSize < part.leastSize) return undefined;
  const { treeSize, position } = newest;
  // The checkpoint was read first, so a snapshot has all its events.
  const log = part.open();
  const progress = new Progress(err as NodeJS.WriteStream, 'hashing');
  try {
    const tree = LogTree.open(new TileFiles(part.tree), treeSize);
    const isTreeRight = await requireSigned(log, newest, tree && { tree }, {
      signal,
      onProgress: (events) => {
        if (treeSize > SHORT) progress.show(Number(events), Number(events) / Number(treeSize));
      },
    });
    if (signal.aborted) return 1;
    out.write(`The ${part.name} has the ${treeSize} events of the newest checkpoint, up to position ${position}\n`);
    if (!isTreeRight) err.write('Files of the tree are damaged; a server computes the tree again when it starts\n');
    return 0;
  } catch (error) {
    if (!(error instanceof LogMismatch || error instanceof UnsoundEvidence)) throw error;
    err.write(`${part.name}: ${error.message}\n`);
    return 1;
  } finally {
    progress.end();
    await log.close();
  }
}
