export const TIMESTAMP_BYTES = 8;

const LATEST = 2n ** 63n - 1n;

/** What a witness signs (C2SP tlog-cosignature). */
export const cosignedMessage = (checkpoint: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpoint}`);

export function writeTimestamp(seconds: bigint): Buffer {
  const bytes = Buffer.alloc(TIMESTAMP_BYTES);
  bytes.writeBigInt64BE(seconds);
  return bytes;
}

/** undefined if the signature does not begin with a time. */
export function readTimestamp(signature: Buffer): bigint | undefined {
  if (signature.length < TIMESTAMP_BYTES) return undefined;
  const seconds = signature.readBigUInt64BE();
  return seconds <= LATEST ? seconds : undefined;
}
