import { Counter, Gauge, Registry } from 'prom-client';
import { Cache, CacheAsked, CacheFilled, CACHES, SIZED_CACHES, SizedCache } from '../../kernel/telemetry';

interface Counts {
  hit: number;
  miss: number;
}

/** Caches are asked often, so lookups are added up between scrapes. */
export function cacheMetrics(registry: Registry): (asked: CacheAsked) => void {
  const none = (): Counts => ({ hit: 0, miss: 0 });
  const pending: Readonly<Record<Cache, Counts>> = {
    documents: none(),
    compiled: none(),
    records: none(),
    lists: none(),
    versions: none(),
    members: none(),
    answers: none(),
  };
  new Counter({
    name: 'mingjian_cache_lookups_total',
    help: 'Lookups in the caches of parsed documents, compiled operations, folded records, rows of lists, versions of documents, pages of members, and answers that stay the same',
    labelNames: ['cache', 'result'],
    registers: [registry],
    collect() {
      for (const cache of CACHES) {
        const counts = pending[cache];
        for (const result of ['hit', 'miss'] as const) {
          this.labels(cache, result).inc(counts[result]);
          counts[result] = 0;
        }
      }
    },
  });
  return ({ cache, found }) => {
    pending[cache][found ? 'hit' : 'miss']++;
  };
}

/** Caches are filled often, so evictions are added up between scrapes. */
export function cacheSizeMetrics(registry: Registry): (filled: CacheFilled) => void {
  const sizes: Record<SizedCache, number> = { versions: 0, members: 0, answers: 0 };
  const evicted: Record<SizedCache, number> = { versions: 0, members: 0, answers: 0 };
  new Gauge({
    name: 'mingjian_cache_bytes',
    help: 'What is in the caches of versions of documents, of pages of members and of answers that stay the same, as texts',
    labelNames: ['cache'],
    registers: [registry],
    collect() {
      for (const cache of SIZED_CACHES) this.labels(cache).set(sizes[cache]);
    },
  });
  new Counter({
    name: 'mingjian_cache_evictions_total',
    help: 'Entries of these caches that had to make room for others',
    labelNames: ['cache'],
    registers: [registry],
    collect() {
      for (const cache of SIZED_CACHES) {
        this.labels(cache).inc(evicted[cache]);
        evicted[cache] = 0;
      }
    },
  });
  return (filled) => {
    sizes[filled.cache] = filled.bytes;
    evicted[filled.cache] += filled.evicted;
  };
}
