import { KnownIntervals } from '../../known-intervals';
import { MemberPage } from '../../temporal-store';
import { orderedCode, padded, readMembers } from './codec';
import { Client } from './connection';
import { translating } from './driver-errors';
import { ServingVersion } from './serving-version';

export const UNLIMITED = 1_000_000_000;

/** Pages of the members of collections. The server is asked only for those that are not known here. */
export class MemberPages {
  constructor(
    private readonly client: Client,
    private readonly serving: ServingVersion,
    private readonly known: KnownIntervals<readonly string[]>,
  ) {}

  async at(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    const { after, before, limit = UNLIMITED, last = false } = page;
    if (limit === 0) return [];
    const name = JSON.stringify([collection, after ?? null, before ?? null, limit, last]);
    const known = this.known.at(name, at);
    if (known !== undefined) return known.value;

    const keys = await this.serving.keys();
    const { shard, key } = keys.collection(collection);
    const reply = await translating(
      this.client.mjMembers(
        2,
        keys.checkpoint(shard),
        key,
        this.serving.required(at),
        padded(at),
        after === undefined ? '-' : `(${orderedCode(after)}~`,
        before === undefined ? '+' : `(${orderedCode(before)}`,
        Math.min(limit, UNLIMITED),
        last ? 'last' : '',
      ),
    );
    const members = readMembers(reply, last);
    if (this.serving.current === keys) this.known.add(name, members);
    return members.value;
  }
}
