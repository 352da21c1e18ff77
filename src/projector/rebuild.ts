import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { EntityName } from '../kernel/codes';
import { CorruptLedger, LogMismatch } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { LogPoint } from '../read-model/change';
import { Rebuildable, CandidateVersion } from '../read-model/rebuildable';
import { ProjectingOptions } from './projecting';
import { Projector } from './projector';
import { Difference, verifyEntities } from './verification';

export interface RebuildOptions extends ProjectingOptions {
  readonly log: EventStore;
  readonly store: Rebuildable;
  readonly signal: AbortSignal;
  /** Called several times a second. */
  readonly onProgress: (progress: RebuildProgress) => void;
  readonly telemetry: Telemetry;
  /** How many entities are compared with a fresh fold of the log before the new read models serve. */
  readonly sample?: number;
}

export interface RebuildProgress {
  readonly written: LogPoint;
  /** The newest position when the rebuild began. */
  readonly head: bigint;
}

export type RebuildResult =
  /** `watermark`: how far the new read models were when they were compared. */
  | { readonly kind: 'serving'; readonly watermark: LogPoint; readonly compared: number }
  /** The old read models still serve. */
  | { readonly kind: 'different'; readonly differences: readonly Difference[] }
  | { readonly kind: 'stopped' };

const CHECK_EVERY_MS = 200;

/**
 * Builds new read models while the old ones serve, verifies the new ones, and promotes them. The old ones are kept for requests
 * that have begun on them; `store.collect` removes them.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildResult> {
  const { store, signal } = options;
  const candidate = await store.candidate();
  const ended = new AbortController();
  // The new read models are useless if the log is replaced.
  const replaced = new AbortController();
  const telemetry: Telemetry = {
    report(signal) {
      if (signal.kind === 'trouble' && signal.error instanceof LogMismatch) replaced.abort(signal.error);
      options.telemetry.report(signal);
    },
  };
  const projector = new Projector({ ...options, store: candidate, telemetry });
  const running = projector.run(AbortSignal.any([signal, ended.signal]));
  let result: RebuildResult = { kind: 'stopped' };
  try {
    const until = AbortSignal.any([signal, replaced.signal]);
    result = await replace({ ...options, signal: until }, projector, candidate);
    if (result.kind === 'stopped') replaced.signal.throwIfAborted();
  } catch (error) {
    if (!signal.aborted) throw replaced.signal.aborted ? replaced.signal.reason : error;
  } finally {
    // Stop writing before the candidate is dropped.
    ended.abort();
    await running;
    if (result.kind !== 'serving') await candidate.drop();
  }
  return result;
}

async function replace(
  options: RebuildOptions,
  projector: Projector,
  candidate: CandidateVersion,
): Promise<RebuildResult> {
  const head = await options.log.head();
  const watermark = await catchUp(options, projector, candidate, head);
  if (watermark === undefined) return { kind: 'stopped' };
  const { compared, differences } = await verify(options, candidate, watermark);
  if (differences.length > 0) return { kind: 'different', differences };
  while (!(await candidate.promote(await isBeyondLog(options)))) {
    if (projector.failure) throw projector.failure;
    await pause(CHECK_EVERY_MS, undefined, { signal: options.signal });
  }
  return { kind: 'serving', watermark, compared };
}

/**
 * Whether the read models that serve are ahead of the log, because an older log was restored. The candidate can never reach
 * them then.
 */
async function isBeyondLog({ log, store }: RebuildOptions): Promise<'regardless' | undefined> {
  // Read the watermark first: the log may grow in between, and the read models follow it.
  const serving = await store.watermark();
  const head = await log.head();
  return serving !== undefined && serving.position > head ? 'regardless' : undefined;
}

async function catchUp(
  { signal, onProgress }: RebuildOptions,
  projector: Projector,
  candidate: CandidateVersion,
  head: bigint,
): Promise<LogPoint | undefined> {
  while (!signal.aborted) {
    if (projector.failure) throw projector.failure;
    const written = await candidate.checkpoint();
    onProgress({ written, head });
    const watermark = await candidate.watermark();
    if (watermark !== undefined && watermark.position >= head) return watermark;
    await pause(CHECK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Compares the number of events with the log, and a sample of entities with all their versions. */
async function verify(
  options: RebuildOptions,
  store: CandidateVersion,
  upTo: LogPoint,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const { log, streams, sample = 100 } = options;
  const picked = new Map<number, EntityName>();
  let events = 0n;
  let entities = 0;
  for await (const event of log.readAll(0n)) {
    if (event.position > upTo.position) break;
    events++;
    if (event.revision > 0n) continue;
    // Every entity is in the sample with the same probability (Vitter's algorithm R).
    const place = entities < sample ? entities : Math.floor(Math.random() * (entities + 1));
    if (place < sample) picked.set(place, streams.entityOf(event.stream));
    entities++;
  }
  if (events !== upTo.sequence) {
    throw new CorruptLedger(
      `The log has ${events} events up to the watermark, but the read models have ${upTo.sequence}`,
    );
  }
  const differences: Difference[] = [];
  for await (const difference of verifyEntities({ ...options, store, upTo }, picked.values())) {
    differences.push(difference);
  }
  return { compared: picked.size, differences };
}
