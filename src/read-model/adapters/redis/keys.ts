import { crc32 } from 'node:zlib';
import { DocumentKey } from '../../temporal-store';

/** What the keys of one ledger's read models begin with: its prefix, and the layout that this program reads and writes. */
export const namespaceOf = (keyPrefix: string): string => `${keyPrefix}2:`;

/** The keys that belong to no version: which versions there are, and who may write. They share one hash tag. */
export const ledgerKeys = (namespace: string) => ({
  models: `${namespace}{ledger}:models`,
  lease: `${namespace}{ledger}:lease`,
  /** Where it is called out that a watermark has moved. */
  moved: `${namespace}moved`,
});

/**
 * The keys of one version of the read models. `<namespace>{<version>.<shard>}:<what>`: the part in braces is Redis's hash
 * tag, so that a cluster keeps a shard in one place, and one script can read and write all of it.
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

  document(key: DocumentKey): Place {
    return this.placeOf(key, 'd');
  }

  collection(name: string): Place {
    return this.placeOf(name, 'c');
  }

  /** The changes in log order. */
  get log(): Place {
    return { shard: 0, key: this.key(0, 'log') };
  }

  /** The changes by the time at which they were recorded. */
  get times(): Place {
    return { shard: 0, key: this.key(0, 'times') };
  }

  /** The key that a field of the shard's checkpoint names. */
  ofField(shard: number, field: string): string {
    return this.key(shard, field);
  }

  private placeOf(name: string, letter: string): Place {
    const shard = this.shards === 1 ? 0 : crc32(rootOf(name)) % this.shards;
    return { shard, key: this.key(shard, `${letter}:${name}`) };
  }

  private key(shard: number, what: string): string {
    return `${this.namespace}{${this.version}.${shard}}:${what}`;
  }
}

export interface Place {
  readonly shard: number;
  readonly key: string;
}

/** The version that a key belongs to; undefined for one outside of all versions. */
export const versionOfKey = (namespace: string, key: string): string | undefined =>
  key.startsWith(namespace) ? /^\{([^.}]+)\.\d+\}:/.exec(key.slice(namespace.length))?.[1] : undefined;

/**
 * What keeps things together: `BUDGET/D1.2023`, `BUDGET_LINE/D1.2023/L1`, `EVALUATION/D1.2022` and the collections of
 * department D1 share the root D1. Tasks and indicators are found by codes of their own.
 */
function rootOf(name: string): string {
  const [kind = '', code = kind] = name.split('/', 2);
  return code.replace(/\.\d{4}$/, '');
}
