/** RFC 7518, 3.2: a key for HS256 must be at least as long as its hash. */
export const MIN_SECRET_BYTES = 32;

/** Whether a secret is safe for verifying tokens. A shorter one, or one of only spaces, can be guessed. */
export const isSafeSecret = (secret: string): boolean =>
  Buffer.byteLength(secret) >= MIN_SECRET_BYTES && /\S/.test(secret);
