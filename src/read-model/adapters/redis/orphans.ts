import { Client, mastersOf } from './connection';
import { translating } from './driver-errors';
import { versionOfKey } from './keys';
import { Models } from './models';

const KEYS_PER_STEP = 500;

/** Removes every key whose version is not, or no longer, in the list of versions. */
export async function collectOrphans(client: Client, models: Models): Promise<void> {
  const { namespace } = models;
  for (const master of mastersOf(client)) {
    let cursor = '0';
    do {
      const [next, keys] = await translating(
        master.scan(cursor, 'MATCH', `${escapeGlob(namespace)}{*`, 'COUNT', KEYS_PER_STEP),
      );
      cursor = next;
      // Read after the scan: a version is in the list before its first key is written.
      const known = await models.versions();
      const orphans = keys.filter((key) => {
        const version = versionOfKey(namespace, key);
        return version !== undefined && !known.has(version);
      });
      const removal = master.pipeline();
      // One by one: keys on one cluster node may be in different slots.
      for (const key of orphans) removal.unlink(key);
      await translating(removal.exec());
    } while (cursor !== '0');
  }
}

const escapeGlob = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&');
