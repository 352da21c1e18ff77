import { createPublicKey, KeyObject } from 'node:crypto';
import { sha256 } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { readBase64 } from './fields';

/** The bytes that C2SP signed-note gives to the types of signatures. */
export const SIGNATURE_TYPES = { note: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

/** A ledger or a witness has at most this many keys at the same time: a new one beside an old one, and some for emergencies. */
export const MOST_KEYS = 10;

/** A public Ed25519 key and the name of who signs with it (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  readonly id: number;
  readonly type: SignatureType;
  readonly publicKey: KeyObject;
  /** `<name>+<id in hex>+<type and key in base64>` */
  readonly text: string;
}

const PUBLIC_KEY_BYTES = 32;

export function verifierKey(name: string, type: SignatureType, publicKey: KeyObject): VerifierKey {
  if (!isKeyName(name)) throw new TypeError(`${JSON.stringify(name)} cannot be the name of a key`);
  const material = Buffer.concat([Buffer.of(SIGNATURE_TYPES[type]), rawKey(publicKey)]);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), material])).readUInt32BE();
  const text = `${name}+${id.toString(16).padStart(8, '0')}+${material.toString('base64')}`;
  return { name, id, type, publicKey, text };
}

export function parseVerifierKey(text: string): VerifierKey {
  const [, name, , material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (name === undefined || material === undefined || !isKeyName(name)) {
    throw new UnsoundEvidence(`This is not a verifier key: ${text}`);
  }
  const bytes = readBase64(material, `The key of ${name}`);
  const type = typeOf(bytes[0]);
  if (type === undefined) throw new UnsoundEvidence(`The key of ${name} is of a type that is not supported`);
  if (bytes.length !== 1 + PUBLIC_KEY_BYTES) throw new UnsoundEvidence(`The key of ${name} has a wrong length`);
  const key = verifierKey(name, type, keyOf(bytes.subarray(1)));
  if (key.text !== text) throw new UnsoundEvidence(`The key of ${name} has another id than the one it is given with`);
  return key;
}

/** C2SP signed-note: not empty, without spaces and plus signs. A control character could not stand in a note. */
export const isKeyName = (name: string): boolean => /^[^\p{White_Space}\p{Control}\p{Surrogate}+]+$/u.test(name);

const typeOf = (byte: number | undefined): SignatureType | undefined =>
  (Object.keys(SIGNATURE_TYPES) as SignatureType[]).find((type) => SIGNATURE_TYPES[type] === byte);

const rawKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url');

const keyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
