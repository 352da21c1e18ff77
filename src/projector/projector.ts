import { setTimeout as pause } from 'node:timers/promises';
import { isAborted } from '../kernel/async';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { CorruptLedger, DamagedReadModels, LostReadModels, Outage } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { pointAfter } from '../read-model/change';
import { ProjectedChange, TemporalStore } from '../read-model/temporal-store';
import { NO_LEASE, Lease } from './lease';
import { Projecting, ProjectingOptions } from './projecting';
import { lastWritten, requireHeld } from './same-log';
import { WholeCommands } from './whole-commands';
import { Writing } from './writing';

export interface ProjectorOptions extends ProjectingOptions {
  readonly log: EventStore;
  readonly store: TemporalStore;
  /** Learns of each outage that the projector retries, of a rebuild, and of a corrupt log that ends its work. */
  readonly telemetry: Telemetry;
  /** By default no other process projects into the store. */
  readonly lease?: Lease;
  /** How often to check that the store still has what was written. */
  readonly checkEveryMs?: number;
}

const RETRY_MS = { first: 50, longest: 5_000 } as const;

/**
 * While it holds the lease, follows the log from the store's checkpoint and writes what each event changes. Only the projector
 * derives `sequence` and `recordedAt`, and only from the log, so a rebuild gives the same values. After an outage, or if the
 * log lacks what was projected, it retries with backoff. Damaged read models are rebuilt. A corrupt log ends the work, because
 * skipping an event would make every later answer wrong.
 */
export class Projector {
  private readonly projecting: Projecting;
  private corrupt: CorruptLedger | undefined;
  private rebuilding = false;

  constructor(private readonly options: ProjectorOptions) {
    this.projecting = new Projecting(options);
  }

  /** Why the projector gave up; undefined while it works. */
  get failure(): CorruptLedger | undefined {
    return this.corrupt;
  }

  /** The record of an entity with this very event as its last one; undefined if the projector does not have it at hand. */
  recordAfter(event: StoredEvent): unknown {
    return this.projecting.recordAfter(event);
  }

  /** The record of an entity up to an event that was read by somebody else; undefined if the projector does not have it at hand. */
  recordUpTo(last: Pick<StoredEvent, 'stream' | 'id' | 'revision' | 'position'>): unknown {
    return this.projecting.recordUpTo(last);
  }

  /** Works until the signal aborts, or until the log turns out to be corrupt. */
  async run(signal: AbortSignal): Promise<void> {
    const { lease = NO_LEASE, store } = this.options;
    let delay: number = RETRY_MS.first;
    while (!signal.aborted) {
      try {
        await lease.hold(signal, (token, held) => {
          store.claim(token);
          return this.follow(held, () => (delay = RETRY_MS.first));
        });
      } catch (error) {
        if (isAborted(signal)) return;
        this.options.telemetry.report({ kind: 'trouble', source: 'projector', error });
        if (!(await this.canGoOn(error))) return;
      }
      // The cached records may be ahead of what was written, or behind what another projector has written.
      this.projecting.forget();
      await pause(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(delay * 2, RETRY_MS.longest);
    }
  }

  private async canGoOn(error: unknown): Promise<boolean> {
    // Keys can be lost at any time. But a contradiction that appears again during the rebuild is a bug of ours.
    if (error instanceof LostReadModels) return this.discard();
    if (error instanceof Outage) return true;
    if (error instanceof DamagedReadModels && !this.rebuilding) {
      this.rebuilding = true;
      return this.discard();
    }
    return this.giveUp(error);
  }

  /** Empties the read models, to rebuild them from the log. Returns false if they cannot be rebuilt. */
  private async discard(): Promise<boolean> {
    try {
      await this.options.store.discard();
      return true;
    } catch (failure) {
      this.rebuilding = false;
      return failure instanceof Outage || this.giveUp(failure);
    }
  }

  private giveUp(error: unknown): false {
    this.corrupt = error instanceof CorruptLedger ? error : new CorruptLedger('The projector failed', { cause: error });
    return false;
  }

  private async follow(held: AbortSignal, onProgress: () => void): Promise<void> {
    const { log, store } = this.options;
    let point = await store.checkpoint();
    const commands = new WholeCommands();
    /** Up to where all commands are complete. */
    let whole = point;
    let last = await lastWritten(store, point);
    await requireHeld(log, last);
    const target = await log.head();
    const writing = new Writing({
      store,
      from: point,
      stop: held,
      checkEveryMs: this.options.checkEveryMs ?? 1_000,
      onWritten: onProgress,
    });
    let serving = false;
    const serveOnce = async (): Promise<void> => {
      if (serving || whole.position < target) return;
      await writing.settled();
      await store.markServing();
      writing.opened();
      serving = true;
      this.rebuilding = false;
    };

    await serveOnce();
    let isFirst = true;
    try {
      for await (const message of log.subscribe(point.position, writing.signal)) {
        // The log may have been replaced since the check above, or since the subscription lost its connection.
        if (isFirst || message.kind === 'resumed') await requireHeld(log, last);
        isFirst = false;
        const batch: ProjectedChange[] = [];
        for (const event of message.kind === 'events' ? message.events : []) {
          const projected = this.projecting.project(event, point);
          const change = projected instanceof Promise ? await projected : projected;
          batch.push(change);
          point = pointAfter(change.change);
          last = event;
        }
        const complete = commands.add(batch);
        const end = complete.at(-1);
        if (end !== undefined) whole = pointAfter(end.change);
        await writing.next(complete);
        if (batch.length === 0) onProgress();
        await serveOnce();
      }
    } catch (error) {
      // Events from two different logs can also look like a contradiction.
      if (!(error instanceof Outage)) await requireHeld(log, last);
      throw error;
    } finally {
      await writing.end();
    }
  }
}
