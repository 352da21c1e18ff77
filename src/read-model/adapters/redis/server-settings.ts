import { Redis } from 'ioredis';

/**
 * Sets what the read models need of a server: stream nodes small enough that a document with one version does not take
 * 4 KB; and looks that it never throws keys away by itself. What a server does not let us do is told, and done without.
 */
export async function settle(node: Redis, warn: (warning: Error) => void): Promise<void> {
  const name = `Redis ${node.options.host ?? ''}:${String(node.options.port)}`;
  try {
    await node.config('SET', 'stream-node-max-bytes', '1024');
  } catch (error) {
    warn(
      new Error(`${name} refuses CONFIG SET: set stream-node-max-bytes to 1024 in its configuration`, { cause: error }),
    );
  }
  try {
    const policy = (await node.config('GET', 'maxmemory-policy'))[1];
    if (policy !== undefined && policy !== 'noeviction') {
      warn(new Error(`${name} has maxmemory-policy ${policy} and would throw read models away: set it to noeviction`));
    }
  } catch (error) {
    warn(new Error(`${name} refuses CONFIG GET: see that its maxmemory-policy is noeviction`, { cause: error }));
  }
}
