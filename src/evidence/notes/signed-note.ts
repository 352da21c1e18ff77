import { UnsoundEvidence } from '../unsound';
import { readBase64 } from './fields';
import { isKeyName, VerifierKey } from './verifier-key';

/** A text with the signatures of one or more keys (C2SP signed-note). */
export interface SignedNote {
  /** With the line break at its end. The signatures are of these bytes. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly keyName: string;
  readonly keyId: number;
  readonly bytes: Buffer;
}

/** C2SP demands at least 16. More would only take time to check. */
const MOST_SIGNATURES = 64;
const KEY_ID_BYTES = 4;

export function printNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(printSignature).join('')}`;
}

/** The signatures are not verified. */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) throw new UnsoundEvidence('The note has no signatures');
  if (/[\0-\x09\x0b-\x1f]/.test(note)) throw new UnsoundEvidence('The note has control characters');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new UnsoundEvidence(`The note has more than ${MOST_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** Whether the signature names the key. Two keys may have the same name or the same id. */
export const isOf = ({ keyName, keyId }: NoteSignature, { name, id }: VerifierKey): boolean =>
  keyName === name && keyId === id;

/** A line of a note. */
export function printSignature({ keyName, keyId, bytes }: NoteSignature): string {
  const id = Buffer.alloc(KEY_ID_BYTES);
  id.writeUInt32BE(keyId);
  return `— ${keyName} ${Buffer.concat([id, bytes]).toString('base64')}\n`;
}

function parseSignature(line: string): NoteSignature {
  const [, keyName, base64] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  if (keyName === undefined || base64 === undefined || !isKeyName(keyName)) {
    throw new UnsoundEvidence(`The note has a line that is no signature: ${line}`);
  }
  const signature = readBase64(base64, `The signature of ${keyName}`);
  if (signature.length <= KEY_ID_BYTES) throw new UnsoundEvidence(`The signature of ${keyName} is too short`);
  return { keyName, keyId: signature.readUInt32BE(), bytes: signature.subarray(KEY_ID_BYTES) };
}
