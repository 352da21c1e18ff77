import { randomBytes } from 'node:crypto';
import { Outage } from '../../../kernel/outage';
import { BEFORE_ALL, LogPoint } from '../../change';
import { Client } from './connection';
import { readPoint, writePoint } from './codec';
import { translating } from './driver-errors';
import { ledgerKeys } from './keys';

/** One version of the read models, as readers see it. */
export interface ModelState {
  readonly version: string;
  readonly watermark: LogPoint;
  /** Whether it has reached the head that its projector saw at the start. */
  readonly open: boolean;
}

/**
 * The list of versions of the read models, and which one serves. All of it is in one hash: a reader gets the version and its
 * watermark in one read, and a server that was emptied has none.
 */
export class Models {
  private readonly keys: ReturnType<typeof ledgerKeys>;

  constructor(
    private readonly client: Client,
    readonly namespace: string,
  ) {
    this.keys = ledgerKeys(namespace);
  }

  /** The state of a version; of the one that serves by default. undefined if there is none. */
  async read(version?: string): Promise<ModelState | undefined> {
    const fields = await translating(this.client.hgetall(this.keys.models));
    const name = version ?? fields.serving;
    const point = name === undefined ? undefined : fields[`cut:${name}`];
    if (name === undefined || point === undefined) return undefined;
    return { version: name, watermark: readPoint(point), open: fields[`open:${name}`] === '1' };
  }

  /** The names of all versions that exist. */
  async versions(): Promise<ReadonlySet<string>> {
    const fields = await translating(this.client.hkeys(this.keys.models));
    return new Set(fields.filter((field) => field.startsWith('cut:')).map((field) => field.slice('cut:'.length)));
  }

  /** Begins a version: a candidate, or one that serves if none does. `isNew`: none did. */
  async begin(role: 'serving' | 'candidate'): Promise<{ readonly version: string; readonly isNew: boolean }> {
    const name = randomBytes(6).toString('hex');
    const version = await translating(this.client.mjBegin(1, this.keys.models, name, writePoint(BEFORE_ALL), role));
    return { version, isNew: version === name };
  }

  /** Moves the watermark of a version forward. Returns the version that serves. */
  async advance(version: string, to: LogPoint, fence: string): Promise<string | undefined> {
    const { models, moved } = this.keys;
    const [status, serving] = await translating(
      this.client.mjAdvance(1, models, moved, version, writePoint(to), fence),
    );
    if (status === 'gone') throw new Outage('Redis: the read models that were written to no longer exist');
    if (status === 'fenced') throw fencedOff();
    return serving;
  }

  async open(version: string): Promise<void> {
    const { models, moved } = this.keys;
    const found = await translating(this.client.mjOpen(1, models, moved, version));
    if (found === 0) throw new Outage('Redis: the read models that were to be opened no longer exist');
  }

  /** Makes a version serve. Returns false if it is behind the one that serves, unless `regardless`. */
  async promote(version: string, regardless: 'regardless' | '' = ''): Promise<boolean> {
    const { models, moved } = this.keys;
    const status = await translating(this.client.mjPromote(1, models, moved, version, regardless));
    if (status === 'gone') throw new Outage('Redis: the read models that were to be promoted no longer exist');
    return status === 'ok';
  }

  /** Removes a version. If it serves, none does afterwards; but a candidate that serves by now stays. */
  async forget(version: string, role: 'serving' | 'candidate'): Promise<void> {
    const { models, moved } = this.keys;
    await translating(this.client.mjForget(1, models, moved, version, role));
  }
}

export const fencedOff = (): Outage => new Outage('Redis: another projector has taken over');
