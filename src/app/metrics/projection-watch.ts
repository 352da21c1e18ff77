import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../../event-store/event-store';
import { TemporalStore } from '../../read-model/temporal-store';

export interface ProjectionWatchOptions {
  readonly log: Pick<EventStore, 'head'>;
  readonly store: Pick<TemporalStore, 'watermark' | 'checkpoint'>;
  /** Monotonic, in milliseconds. */
  readonly now?: () => number;
}

const LOOK_EVERY_MS = 1_000;

/** Looks how far the read models are behind the log, so that a scrape never waits for a store. */
export class ProjectionWatch {
  head: bigint | undefined;
  watermark: bigint | undefined;
  /** From 0 to 1; 1 if the read models serve. */
  rebuilt = 0;
  /** A head that the read models have not reached yet. */
  private awaited: { readonly position: bigint; readonly since: number } | undefined;

  constructor(private readonly options: ProjectionWatchOptions) {}

  get behindSeconds(): number {
    return this.awaited === undefined ? 0 : (this.now() - this.awaited.since) / 1_000;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // The part that met the outage reports it.
      await this.look().catch(() => undefined);
      await pause(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async look(): Promise<void> {
    const { log, store } = this.options;
    const asked = this.now();
    const head = await log.head();
    this.head = head;
    this.watermark = (await store.watermark())?.position;
    if (this.watermark === undefined) {
      const built = (await store.checkpoint()).position;
      this.rebuilt = head === 0n ? 0 : Math.min(1, Number(built) / Number(head));
    } else this.rebuilt = 1;
    this.note(head, this.watermark ?? 0n, asked);
  }

  private note(head: bigint, reached: bigint, asked: number): void {
    if (reached >= head) this.awaited = undefined;
    else if (this.awaited === undefined || reached >= this.awaited.position)
      this.awaited = { position: head, since: asked };
  }

  private now(): number {
    return this.options.now?.() ?? performance.now();
  }
}
