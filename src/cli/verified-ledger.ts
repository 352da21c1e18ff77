import { features, streamNames } from '../app/features';
import { EventStore } from '../event-store/event-store';
import { ImportedReads } from '../event-store/imported-log';
import { LogReader, upcastingReads } from '../event-store/event-types';
import { checkWholeLog } from '../event-store/adapters/sqlite/whole-log';
import { anchorPathOf, readAnchor } from '../event-store/adapters/sqlite/anchor-file';
import { LedgerSnapshot } from '../event-store/adapters/sqlite/ledger-snapshot';
import { readLedger } from '../event-store/adapters/sqlite/read-only-ledger';
import { CheckpointFile } from '../evidence/adapters/checkpoint-file';
import { checkedReads } from '../evidence/checked-log';
import { mismatch } from '../evidence/compare-log';
import { verifyImportedLeaves } from '../evidence/imported-leaves';
import { CorruptLedger } from '../kernel/outage';
import { Projecting } from '../projector/projecting';
import { Projection } from '../projector/projection';
import { MemoryTemporalStore } from '../read-model/adapters/memory';
import { BEFORE_ALL, pointAfter } from '../read-model/change';
import { ProjectedChange, TemporalStore } from '../read-model/temporal-store';
import { StreamNames } from '../event-store/streams';
import { openEventStore, openFileToVerify, openReadModels, ledgerFile } from '../app/engines';
import { checkpointFile, StoredCheck, storedCheck } from '../app/evidence';
import { Config } from '../app/config';
import { Telemetry } from '../kernel/telemetry';
import { CommandContext } from './command';

/** What is compared: the log, and read models that were built from it. */
export interface VerifiedLedger {
  readonly log: LogReader;
  readonly store: TemporalStore;
  readonly streams: StreamNames;
  readonly projections: readonly Projection[];
  /** What the checks of the log itself found, line by line. */
  readonly soundness: readonly string[];
}

/** Checks the log itself if it is in a file, and opens it with the read models. Closes both afterwards. */
export async function withVerifiedLedger<T>(
  { config }: CommandContext,
  telemetry: Telemetry,
  use: (ledger: VerifiedLedger) => Promise<T>,
): Promise<T> {
  const inFile = config.eventStoreUrl === undefined ? [checkedFile(ledgerFile(config))] : [];
  // Before the snapshot, which then has all events of the tree.
  const signed = storedCheck(config);
  const opened =
    config.eventStoreUrl === undefined
      ? new ImportedReads(new LedgerSnapshot(ledgerFile(config)), config.streamPrefix)
      : openEventStore(config, telemetry);
  const compared = signed === undefined ? opened : checkedReads(opened, signed.check);
  const parts = {
    log: upcastingReads(compared, features.eventTypes),
    streams: streamNames(config.streamPrefix),
    projections: features.projections,
    soundness: [...inFile, ...comparison(config, signed)],
  };
  const store =
    config.redis === undefined ? await fileToVerify(config) : openReadModels(config.redis, config, telemetry);
  try {
    if (signed !== undefined) await requireEnd(opened, signed);
    const soundness = [...parts.soundness, ...(await importedPart(opened))];
    return await use({ ...parts, soundness, store: store ?? (await folded(parts)) });
  } finally {
    await store?.close();
    await opened.close();
  }
}

/** Read models in a file serve nobody meanwhile: all that is in it is compared. */
async function fileToVerify(config: Config): Promise<TemporalStore | undefined> {
  const store = openFileToVerify(config);
  await store?.markServing();
  return store;
}

function checkedFile(path: string): string {
  // Before the snapshot: the anchor follows each commit, so the snapshot has all that the anchor knows.
  const found = readAnchor(anchorPathOf(path));
  const anchor = found === 'unreadable' ? undefined : found;
  const { events, head } = readLedger(path, (database) => checkWholeLog(database, path, { anchor }));
  const compared = anchor === undefined ? 'there is no anchor to compare it with' : 'it holds what its anchor knows';
  return `The log is sound: ${events} events, up to position ${head}; ${compared}\n`;
}

/** A reader does not notice that the end was cut off. */
async function requireEnd(
  log: Pick<EventStore, 'head'>,
  { signed: { treeSize, position } }: StoredCheck,
): Promise<void> {
  const head = await log.head();
  if (head < position)
    throw mismatch(`it ends at position ${head}, and ${treeSize} events up to position ${position} were signed`);
}

/** Throws `CorruptLedger` if imported events are not those of the old tree. Says nothing of a ledger that was not imported. */
async function importedPart(log: ImportedReads): Promise<readonly string[]> {
  const imported = await log.importedFrom();
  if (imported === undefined) return [];
  const different = await verifyImportedLeaves(log.readAll(0n), imported, () => undefined);
  if (different !== undefined) throw new CorruptLedger(`The imported part of the log was altered: ${different}`);
  const { events, position, origin, rootHash } = imported;
  const old = origin === undefined ? 'the old ledger' : origin;
  return [
    `The first ${events} events, up to position ${position}, are those of ${old}: they give its root ${rootHash}\n`,
  ];
}

/** Says nothing of a ledger that is not signed. */
function comparison(config: Config, check: StoredCheck | undefined): readonly string[] {
  if (check !== undefined)
    return [`Each event that was read was compared with its leaf, up to position ${check.signed.position}\n`];
  if (CheckpointFile.read(checkpointFile(config)).newest === undefined) return [];
  return [
    'The events were not compared with what was signed: files of the tree are damaged. mingjian verify --log compares them\n',
  ];
}

const BATCH = 500;

/** Read models in memory, built from the log as a server does. */
async function folded(parts: Omit<VerifiedLedger, 'store'>): Promise<TemporalStore> {
  const store = new MemoryTemporalStore();
  const projecting = new Projecting(parts);
  let point = BEFORE_ALL;
  let batch: ProjectedChange[] = [];
  for await (const event of parts.log.readAll(0n)) {
    const projected = await projecting.project(event, point);
    point = pointAfter(projected.change);
    batch.push(projected);
    if (batch.length < BATCH) continue;
    await store.write(batch);
    batch = [];
  }
  await store.write(batch);
  await store.markServing();
  return store;
}
