import { endsCommand } from '../../../event-store/envelope';
import { KeyedQueue } from '../../../kernel/async';
import { DamagedReadModels, LostReadModels, Outage } from '../../../kernel/outage';
import { BEFORE_ALL, LogPoint, pointAfter } from '../../change';
import { ProjectedChange } from '../../temporal-store';
import { padded, readPoint, writePoint } from './codec';
import { Client, mastersOf } from './connection';
import { translating } from './driver-errors';
import { VersionKeys } from './keys';
import { Inspection } from './inspection';
import { fencedOff, Models } from './models';
import { collectOrphans } from './orphans';
import { ShardBatch, splitByShard } from './shard-batch';

/**
 * Limits how long one script blocks the server: by the number of changes, which is at least a page of the log, so that most
 * pages fit one script; and by the documents and members they touch, because one approval touches as many documents as it has
 * lines.
 */
const PER_SCRIPT = { changes: 512, touched: 4_000 } as const;
/** How long to wait for a replica to have what its master has. After that we go on, and a failover is detected later. */
const REPLICA_MS = 100;

interface BoundVersion {
  readonly keys: VersionKeys;
  /** How far each shard has been written. */
  readonly points: LogPoint[];
}

/**
 * Writes to a version of the read models: first the shards, each together with its checkpoint in one script, then the
 * watermark. A shard that is ahead of the watermark skips what it has. A shard that lost data is filled again from its
 * checkpoint.
 */
export class RedisWriter {
  private bound: BoundVersion | undefined;
  private fence = padded(0);
  private hasReplicas = false;
  /** Writes run one after the other, because each begins where the one before left the shards. */
  private readonly queue = new KeyedQueue();
  private readonly inspection: Inspection;

  constructor(
    private readonly client: Client,
    private readonly models: Models,
    private readonly keysOf: (version: string) => VersionKeys,
    /** A version to write instead of the one that serves. */
    private readonly version?: string,
  ) {
    this.inspection = new Inspection(client);
  }

  claim(token: bigint): void {
    this.fence = padded(token);
  }

  /** The point of the shard or watermark that is furthest behind. Binds the writer to the version that serves now. */
  checkpoint(): Promise<LogPoint> {
    return this.queue.run('write', async () => {
      const point = await this.look();
      const { keys } = await this.bind();
      await this.inspection.step(keys);
      return point;
    });
  }

  private async look(): Promise<LogPoint> {
    const version = await this.versionToWrite();
    const state = await this.models.read(version);
    if (state === undefined) throw new Outage('Redis: the read models were removed while they were opened');
    const keys = this.keysOf(version);
    const points = await Promise.all(
      Array.from({ length: keys.shards }, async (_, shard) => {
        const text = await translating(this.client.hget(keys.checkpoint(shard), 'cut'));
        return text === null ? BEFORE_ALL : readPoint(text);
      }),
    );
    this.hasReplicas = await this.findReplicas();
    this.bound = { keys, points };
    return [...points, state.watermark].reduce((a, b) => (a.position <= b.position ? a : b));
  }

  write(batch: readonly ProjectedChange[]): Promise<void> {
    return this.queue.run('write', () => this.writeNext(batch));
  }

  private async writeNext(batch: readonly ProjectedChange[]): Promise<void> {
    const bound = await this.bind();
    const lowest = bound.points.reduce((a, b) => (a.position <= b.position ? a : b));
    const fresh = batch.filter(({ change }) => change.event.position > lowest.position);
    try {
      // The shards have it all, but their writer may have died before it moved the watermark.
      const last = batch.at(-1);
      if (fresh.length === 0 && last !== undefined) await this.advance(bound, pointAfter(last.change));
      if (fresh.length === 0) return;
      const whole = splitByShard(fresh, bound.keys, bound.points);
      // One script is atomic. With several, first check them all, so that none begins if a later one would fail.
      const parts = [...partsOf(fresh)];
      const onePart = parts.length === 1;
      if (!onePart || bound.keys.shards > 1) await this.applyAll(bound, whole, 'check');
      for (const part of parts) {
        await this.applyAll(bound, onePart ? whole : splitByShard(part, bound.keys, bound.points), 'write');
        const { change } = part.at(-1) as ProjectedChange;
        // A reader never sees a part of a command.
        if (!endsCommand(change.event)) continue;
        if (this.hasReplicas) await this.awaitReplicas();
        await this.advance(bound, pointAfter(change));
      }
    } catch (error) {
      this.bound = undefined;
      throw error;
    }
  }

  markServing(): Promise<void> {
    return this.queue.run('write', async () => {
      const { keys } = await this.bind();
      await this.models.open(keys.version);
    });
  }

  /** The next write begins with new, empty read models, which are not readable before they are opened. */
  discard(): Promise<void> {
    return this.queue.run('write', async () => {
      // Not `bind`: the version to discard may be unreadable.
      const version = this.bound?.keys.version ?? (await this.versionToWrite());
      this.bound = undefined;
      await this.models.forget(version, 'serving');
    });
  }

  private async versionToWrite(): Promise<string> {
    if (this.version !== undefined) return this.version;
    const { version, isNew } = await this.models.begin('serving');
    // If the list of versions was lost, the keys of its versions still exist.
    if (isNew) await collectOrphans(this.client, this.models);
    return version;
  }

  private async bind(): Promise<BoundVersion> {
    if (this.bound === undefined) await this.look();
    return this.bound as unknown as BoundVersion;
  }

  private async applyAll(bound: BoundVersion, batches: readonly ShardBatch[], mode: 'check' | 'write'): Promise<void> {
    await Promise.all(batches.map((batch) => this.apply(bound, batch, mode)));
  }

  private async apply({ keys, points }: BoundVersion, batch: ShardBatch, mode: 'check' | 'write'): Promise<void> {
    const { shard, to } = batch;
    const at = points[shard] as LogPoint;
    if (to.position <= at.position) return;
    const [status, detail] = await translating(
      this.client.mjApply(
        1 + batch.keys.length,
        keys.checkpoint(shard),
        batch.keys,
        padded(at.position),
        writePoint(to),
        this.fence,
        batch.lengths.length,
        batch.lengths,
        mode === 'check' ? [] : batch.additions(),
      ),
    );
    if (status === 'fenced') throw fencedOff();
    if (status === 'elsewhere') throw new Outage('Redis: another process has moved the read models');
    if (status === 'lost') throw new LostReadModels(`Redis has lost ${detail ?? ''} or a part of it`);
    if (status === 'gap') throw new DamagedReadModels(`${detail ?? ''} does not end right before the next entry`);
    if (mode === 'write') points[shard] = to;
  }

  private async advance({ keys }: BoundVersion, to: LogPoint): Promise<void> {
    const serving = await this.models.advance(keys.version, to, this.fence);
    if (this.version === undefined && serving !== keys.version) {
      throw new Outage('Redis: another version of the read models serves now');
    }
  }

  private async findReplicas(): Promise<boolean> {
    const infos = await translating(Promise.all(mastersOf(this.client).map((node) => node.info('replication'))));
    return infos.some((info) => /^connected_slaves:[1-9]/m.test(info));
  }

  private async awaitReplicas(): Promise<void> {
    await translating(Promise.all(mastersOf(this.client).map((node) => node.wait(1, REPLICA_MS))));
  }
}

/** The changes in order, in parts that one script can apply. A change that is too large for that is a part by itself. */
function* partsOf(changes: readonly ProjectedChange[]): Iterable<readonly ProjectedChange[]> {
  let part: ProjectedChange[] = [];
  let touched = 0;
  for (const change of changes) {
    const more = change.documents.length + change.members.length;
    if (part.length === PER_SCRIPT.changes || (part.length > 0 && touched + more > PER_SCRIPT.touched)) {
      yield part;
      part = [];
      touched = 0;
    }
    part.push(change);
    touched += more;
  }
  yield part;
}
