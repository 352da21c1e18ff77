import { setTimeout as pause } from 'node:timers/promises';
import { CommandHandler } from '../command-handling/command-handler';
import { Decider } from '../command-handling/decider';
import { EventStore } from '../event-store/event-store';
import { claimedProposals, ProposalDesk } from '../features/proposals';
import { CorruptLedger, Outage, RequestAborted } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { missingFollowUps } from '../read-model/follow-ups';
import { AbortableStore } from '../read-model/abortable-store';
import { TemporalReader } from '../read-model/temporal-store';

export interface Unfinished {
  readonly log: Pick<EventStore, 'head'>;
  readonly store: TemporalReader;
  readonly commands: CommandHandler;
  readonly proposals: Pick<ProposalDesk, 'finishClaim'>;
  /** By entity type. */
  readonly deciders: ReadonlyMap<string, Decider<unknown, never>>;
  readonly telemetry: Telemetry;
}

const RETRY_MS = 1_000;

/**
 * A process may have ended between two appends. Appends what has to follow changes on record and is missing, and finishes
 * confirmations that have begun. Waits until the read models know all that was on record at the start. What cannot be finished because
 * it is damaged is reported once, and keeps nothing else from being finished.
 */
export async function finishAtStart(unfinished: Unfinished, signal: AbortSignal): Promise<void> {
  const store = new AbortableStore(unfinished.store, signal);
  const damaged = new Set<string>();
  while (!signal.aborted) {
    try {
      if (await finish({ ...unfinished, store }, damaged)) return;
    } catch (error) {
      if (error instanceof RequestAborted) return;
      if (!(error instanceof Outage)) {
        unfinished.telemetry.report({ kind: 'trouble', source: 'follow-ups', error });
        return;
      }
      // Health and the requests report the outage.
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Returns false if the read models are still behind. */
async function finish(unfinished: Unfinished, damaged: Set<string>): Promise<boolean> {
  const { log, store, commands, proposals, deciders, telemetry } = unfinished;
  const head = await log.head();
  await store.waitForWatermark(head, RETRY_MS);
  const watermark = await store.watermark();
  if (watermark === undefined || watermark.position < head) return false;

  async function unlessDamaged(name: string, work: () => Promise<unknown>): Promise<void> {
    if (damaged.has(name)) return;
    try {
      await work();
    } catch (error) {
      if (error instanceof Outage) throw error;
      damaged.add(name);
      telemetry.report({ kind: 'trouble', source: 'follow-ups', error });
    }
  }

  for (const { entityType, from } of await missingFollowUps(store)) {
    await unlessDamaged(`${entityType}/${from}`, () => {
      const decider = deciders.get(entityType);
      if (decider === undefined) throw new CorruptLedger(`No feature declares the entity type ${entityType}`);
      return commands.finish(decider, { entityType, code: from });
    });
  }
  for (const code of await claimedProposals(store)) {
    await unlessDamaged(`PROPOSAL/${code}`, () => proposals.finishClaim(code));
  }
  return true;
}
