import { createPrivateKey, createPublicKey, KeyObject, sign, verify } from 'node:crypto';
import { isOf, NoteSignature, printSignature, SignedNote } from './signed-note';
import { cosignedMessage, readTimestamp, TIMESTAMP_BYTES, writeTimestamp } from './cosigned-message';
import { SignatureType, VerifierKey, verifierKey } from './verifier-key';
import { UnsoundEvidence } from '../unsound';

/** A private Ed25519 key, and the name under which it signs. */
export interface Signer {
  readonly privateKey: KeyObject;
  readonly key: VerifierKey;
}

/** `privateKey`: as PEM. */
export function signerOf(name: string, type: SignatureType, privateKey: KeyObject | string): Signer {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('The signing key is not an Ed25519 key');
  return { privateKey: key, key: verifierKey(name, type, createPublicKey(key)) };
}

export const signNote = (text: string, { privateKey, key }: Signer): NoteSignature => ({
  keyName: key.name,
  keyId: key.id,
  bytes: sign(null, Buffer.from(text), privateKey),
});

/** A witness says that it saw the checkpoint as of `seconds` since 1970, and no other history (C2SP tlog-cosignature). */
export const cosignNote = (text: string, { privateKey, key }: Signer, seconds: bigint): NoteSignature => ({
  keyName: key.name,
  keyId: key.id,
  bytes: Buffer.concat([writeTimestamp(seconds), sign(null, cosignedMessage(text, seconds), privateKey)]),
});

/**
 * Those of the keys that have signed the note. A wrong signature of one of them makes the note worthless, so it throws
 * `UnsoundEvidence`. Signatures of other keys are ignored.
 */
export function signersOf(note: SignedNote, keys: readonly VerifierKey[]): ReadonlySet<VerifierKey> {
  const signers = new Set<VerifierKey>();
  // Whoever repeats a line of a valid note does not make it take longer.
  const seen = new Set<string>();
  for (const signature of note.signatures) {
    const key = keys.find((known) => isOf(signature, known));
    if (key === undefined) continue;
    const line = printSignature(signature);
    if (seen.has(line)) continue;
    seen.add(line);
    if (!isSignedBy(note.text, signature, key)) throw new UnsoundEvidence(`The signature of ${key.name} is wrong`);
    signers.add(key);
  }
  return signers;
}

function isSignedBy(text: string, { bytes }: NoteSignature, { type, publicKey }: VerifierKey): boolean {
  switch (type) {
    case 'note':
      return verify(null, Buffer.from(text), publicKey, bytes);
    case 'cosignature': {
      const seconds = readTimestamp(bytes);
      if (seconds === undefined) return false;
      return verify(null, cosignedMessage(text, seconds), publicKey, bytes.subarray(TIMESTAMP_BYTES));
    }
  }
}
