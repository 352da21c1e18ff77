import { crc32 } from 'node:zlib';
import { PROJECTED_FORMAT } from '../../projected-format';
import { DocumentKey } from '../../temporal-store';

/** The start of every key of one ledger's read models: the ledger's prefix, and the format of what they hold. */
export const namespaceOf = (keyPrefix: string): string => `${keyPrefix}${PROJECTED_FORMAT}:`;

/** The keys that belong to no version: the list of versions, and the lease of the writer. They share one hash tag. */
export const ledgerKeys = (namespace: string) => ({
  models: `${namespace}{ledger}:models`,
  lease: `${namespace}{ledger}:lease`,
  /** The channel on which each move of a watermark is published. */
  moved: `${namespace}moved`,
});

/**
 * The keys of one version of the read models: `<namespace>{<version>.<shard>}:<what>`. The part in braces is Redis's hash tag,
 * so a cluster keeps all keys of a shard on one node, and one script can read and write all of them.
 */
export class VersionKeys {
  constructor(
    private readonly namespace: string,
    readonly version: string,
    readonly shards: number,
  ) {}

  checkpoint(shard: number): string {
    return this.key(shard, 'checkpoint');
  }

  document(key: DocumentKey): ShardKey {
    return this.shardKey(key, 'd');
  }

  collection(name: string): ShardKey {
    return this.shardKey(name, 'c');
  }

  /** The changes in log order. */
  get log(): ShardKey {
    return { shard: 0, key: this.key(0, 'log') };
  }

  /** The changes ordered by the time at which they were recorded. */
  get times(): ShardKey {
    return { shard: 0, key: this.key(0, 'times') };
  }

  /** The key that a field of the shard's checkpoint names. */
  ofField(shard: number, field: string): string {
    return this.key(shard, field);
  }

  private shardKey(name: string, letter: string): ShardKey {
    const shard = this.shards === 1 ? 0 : crc32(rootOf(name)) % this.shards;
    return { shard, key: this.key(shard, `${letter}:${name}`) };
  }

  private key(shard: number, what: string): string {
    return `${this.namespace}{${this.version}.${shard}}:${what}`;
  }
}

export interface ShardKey {
  readonly shard: number;
  readonly key: string;
}

/** The version that a key belongs to; undefined if it belongs to none. */
export const versionOfKey = (namespace: string, key: string): string | undefined =>
  key.startsWith(namespace) ? /^\{([^.}]+)\.\d+\}:/.exec(key.slice(namespace.length))?.[1] : undefined;

/**
 * What belongs together is in one shard: `BUDGET/D1.2023`, `BUDGET_LINE/D1.2023/L1`, `EVALUATION/D1.2022` and the collections
 * of department D1 share the root D1. The root of a task or an indicator is its own code.
 */
function rootOf(name: string): string {
  const [kind = '', code = kind] = name.split('/', 2);
  return code.replace(/\.\d{4}$/, '');
}
