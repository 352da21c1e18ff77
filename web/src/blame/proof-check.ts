export interface InclusionProof {
  /** In base64. */
  readonly leafHash: string;
  readonly leafIndex: string;
  readonly treeSize: string;
  /** In base64, from the leaf up. */
  readonly hashes: readonly string[];
}

type Hash = Uint8Array<ArrayBuffer>;

/**
 * The root that the leaf and the hashes lead to, in base64, by RFC 9162, 2.1.3.2; undefined if the number of hashes does not fit the
 * tree.
 */
export async function rootOf({ leafHash, leafIndex, treeSize, hashes }: InclusionProof): Promise<string | undefined> {
  let [index, last] = [BigInt(leafIndex), BigInt(treeSize) - 1n];
  if (index > last) return undefined;
  let root = bytesOf(leafHash);
  for (const text of hashes) {
    if (last === 0n) return undefined;
    const hash = bytesOf(text);
    if (isOdd(index) || index === last) {
      root = await nodeHash(hash, root);
      while (index !== 0n && !isOdd(index)) [index, last] = [index >> 1n, last >> 1n];
    } else root = await nodeHash(root, hash);
    [index, last] = [index >> 1n, last >> 1n];
  }
  return last === 0n ? btoa(String.fromCharCode(...root)) : undefined;
}

const isOdd = (number: bigint): boolean => (number & 1n) === 1n;

const bytesOf = (base64: string): Hash => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const NODE_PREFIX = 1;

async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  const node = new Uint8Array([NODE_PREFIX, ...left, ...right]);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', node));
}
