import Redis from 'ioredis';

/** Deletes every nth key, and returns how many. */
export async function deleteEvery(nth: number, ports: readonly number[]): Promise<number> {
  let deleted = 0;
  for (const port of ports) {
    const client = new Redis(port);
    const keys = (await client.keys('*')).sort();
    for (const key of keys.filter((_, index) => index % nth === 0)) deleted += await client.del(key);
    client.disconnect();
  }
  return deleted;
}
