import { createHmac } from 'node:crypto';

/** Stands for a person whose name the reader may not know. */
export type PseudonymOf = (sub: string) => string;

const BYTES = 12;

/**
 * The same pseudonym for the same person, in every process with this key. Without the key nobody finds the person by trying names.
 * If there is no key, everybody has the same pseudonym.
 */
export const pseudonyms = (key: string | undefined): PseudonymOf =>
  key === undefined
    ? () => 'person'
    : (sub) =>
        `person-${createHmac('sha256', key).update('mingjian pseudonym\0').update(sub).digest().subarray(0, BYTES).toString('base64url')}`;
