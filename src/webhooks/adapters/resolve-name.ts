import { Resolver } from 'node:dns/promises';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** For each name server, and for each of two tries; the second one waits longer. */
const TRY = { timeout: 2_000, tries: 2 };

/**
 * All addresses of a name, as the name servers of the system know them. `dns.lookup` asks them, too, but on one of the few threads that all
 * names of this process are looked up on: names whose servers do not answer would hold up Redis and the keys of tokens for a minute.
 */
export async function resolveName(
  name: string,
  signal: AbortSignal,
  servers?: readonly string[],
): Promise<readonly Address[]> {
  const resolver = new Resolver(TRY);
  if (servers !== undefined) resolver.setServers(servers);
  const cancel = (): void => {
    resolver.cancel();
  };
  signal.addEventListener('abort', cancel);
  try {
    const [of4, of6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    // Not every machine has a way to an address of IPv6.
    const addresses = [...addressesIn(of4, 4), ...addressesIn(of6, 6)];
    if (addresses.length === 0 && of4.status === 'rejected') throw of4.reason;
    return addresses;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const addressesIn = (answer: PromiseSettledResult<readonly string[]>, family: 4 | 6): readonly Address[] =>
  answer.status === 'rejected' ? [] : answer.value.map((address) => ({ address, family }));
