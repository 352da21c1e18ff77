import { randomBytes } from 'node:crypto';

/** 16 random bytes in base64: nobody can guess an event and find by its hash that the guess is right. */
export const newSalt = (): string => randomBytes(16).toString('base64');
