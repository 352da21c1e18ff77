import { randomFillSync } from 'node:crypto';

const BYTES = 16;
/** To ask the system for many salts takes as long as to ask it for one. */
const supply = Buffer.alloc(256 * BYTES);
let used = supply.length;

/** 16 random bytes in base64: nobody can guess an event and find by its hash that the guess is right. */
export function newSalt(): string {
  if (used === supply.length) {
    randomFillSync(supply);
    used = 0;
  }
  return supply.toString('base64', used, (used += BYTES));
}
