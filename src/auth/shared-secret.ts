/** RFC 7518, 3.2: a key of HS256 is at least as long as its hash. */
export const MIN_SECRET_BYTES = 32;

/** Whether a secret may verify tokens: one that is shorter, or nothing but spaces, can be guessed. */
export const isSafeSecret = (secret: string): boolean =>
  Buffer.byteLength(secret) >= MIN_SECRET_BYTES && /\S/.test(secret);
