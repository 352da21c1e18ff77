import { canonicalForm, NoCanonicalForm } from '../canonical-form';
import { UnsoundEvidence } from '../unsound';

/** What a file may hold, so that a hostile one costs little: more than any evidence that a server makes. */
export const FILE_BOUNDS = { bytes: 67_108_864, depth: 64, values: 2_000_000 } as const;

/** A member of this name would be lost when its object is copied. In a canonical form, nothing else is written like this. */
const PROTOTYPE = '"__proto__":';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Reads JSON that is written in its own RFC 8785 form: so the file has one meaning, and every byte of it counts. */
export function readCanonicalFile(bytes: Buffer): unknown {
  if (bytes.length > FILE_BOUNDS.bytes) throw new UnsoundEvidence(`The file has more than ${FILE_BOUNDS.bytes} bytes`);
  requireBounded(bytes);
  const text = textOf(bytes);
  const value = parsed(text);
  if (formOf(value) === text) {
    if (text.includes(PROTOTYPE)) throw new UnsoundEvidence('The file has a member __proto__, which no event has');
    return value;
  }
  throw new UnsoundEvidence(
    'The file is not written in its own canonical form (RFC 8785): it was edited, or written by another program',
  );
}

/** Counts what is nested before anything is parsed. */
function requireBounded(bytes: Buffer): void {
  let depth = 0;
  let values = 1;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) {
      isText = true;
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) {
      values += 1;
      depth += 1;
      if (depth > FILE_BOUNDS.depth) throw new UnsoundEvidence(`The file is nested deeper than ${FILE_BOUNDS.depth}`);
    } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
      depth -= 1;
    }
    if (values > FILE_BOUNDS.values) throw new UnsoundEvidence(`The file has more than ${FILE_BOUNDS.values} values`);
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnsoundEvidence('The file is not text in UTF-8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnsoundEvidence('The file is not JSON: it was cut off, or altered');
  }
}

function formOf(value: unknown): string | undefined {
  try {
    return canonicalForm(value);
  } catch (error) {
    if (error instanceof NoCanonicalForm) return undefined;
    throw error;
  }
}
