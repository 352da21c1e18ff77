import { parseNote, printNote, SignedNote } from '../../../src/evidence/notes/signed-note';
import { cosignNote, signerOf, signersOf, signNote } from '../../../src/evidence/notes/signatures';
import { parseVerifierKey, verifierKey } from '../../../src/evidence/notes/verifier-key';
import { UnsoundEvidence } from '../../../src/evidence/unsound';
import { FIRST, publicOf, SECOND } from './keys';

/** The example of C2SP signed-note. */
const KEY = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

describe('the example of C2SP signed-note', () => {
  test('has a key with the published id, and verifies', () => {
    expect(KEY.id.toString(16)).toBe('530d903a');
    expect(signersOf(parseNote(NOTE), [KEY])).toEqual(new Set([KEY]));
  });

  test('is printed as it was read', () => {
    expect(printNote(parseNote(NOTE))).toBe(NOTE);
  });

  test('is refused if one byte is another', () => {
    const refused = [...Buffer.from(NOTE).keys()].filter((at) => {
      const bytes = Buffer.from(NOTE);
      bytes[at]! ^= 1;
      return isRefused(() => signersOf(parseNote(bytes.toString()), [KEY]));
    });
    expect(refused).toHaveLength(Buffer.byteLength(NOTE));
  });

  const isRefused = (verify: () => ReadonlySet<unknown>): boolean => {
    try {
      return verify().size === 0;
    } catch (error) {
      return error instanceof UnsoundEvidence;
    }
  };
});

test("verifies a note of Go's sumdb", () => {
  const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  const note = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
  expect(signersOf(parseNote(note), [key])).toEqual(new Set([key]));
});

const ours = signerOf('ledger.example', 'note', FIRST);
const other = signerOf('ledger.example', 'note', SECOND);
const signed = (...signatures: SignedNote['signatures']): SignedNote => ({ text: 'A\n\nB\n', signatures });

test('a key has the name and the id of its verifier key', () => {
  expect(ours.key.text).toMatch(/^ledger\.example\+[0-9a-f]{8}\+A/);
  expect(parseVerifierKey(ours.key.text)).toEqual(ours.key);
  expect(signerOf('ledger.example', 'note', FIRST.export({ format: 'pem', type: 'pkcs8' }) as string).key).toEqual(
    ours.key,
  );
});

test('the text of a note ends at its last empty line', () => {
  const note = printNote(signed(signNote('A\n\nB\n', ours)));
  expect(parseNote(note)).toEqual(signed(signNote('A\n\nB\n', ours)));
});

test('signatures of unknown keys are ignored, also if they share a name or an id', () => {
  const signature = signNote('A\n\nB\n', ours);
  const namesake = signNote('something else', other);
  const sameId = { ...namesake, keyName: 'elsewhere.example', keyId: ours.key.id };
  expect(signersOf(signed(namesake, signature, sameId), [ours.key])).toEqual(new Set([ours.key]));
  expect(signersOf(signed(namesake, sameId), [ours.key])).toEqual(new Set());
});

test('a wrong signature of a known key makes the note worthless', () => {
  const wrong = signNote('something else', ours);
  expect(() => signersOf(signed(signNote('A\n\nB\n', other), wrong), [ours.key, other.key])).toThrow(
    new UnsoundEvidence('The signature of ledger.example is wrong'),
  );
});

test('a cosignature is not a signature, and a signature is no cosignature', () => {
  const witness = signerOf('ledger.example', 'cosignature', FIRST);
  expect(witness.key.id).not.toBe(ours.key.id);
  const cosigned = cosignNote('A\n\nB\n', witness, 1_700_000_000n);
  expect(signersOf(signed(cosigned), [witness.key])).toEqual(new Set([witness.key]));
  const relabelled = [
    { ...cosigned, keyId: ours.key.id },
    { ...signNote('A\n\nB\n', ours), keyId: witness.key.id },
    { ...cosigned, bytes: cosigned.bytes.subarray(0, 7) },
    { ...cosigned, bytes: Buffer.concat([Buffer.alloc(8, 0xff), cosigned.bytes.subarray(8)]) },
  ];
  for (const signature of relabelled) {
    expect(() => signersOf(signed(signature), [ours.key, witness.key])).toThrow(UnsoundEvidence);
  }
});

test('a cosignature is bound to its time', () => {
  const witness = signerOf('witness.example', 'cosignature', SECOND);
  const { bytes, ...named } = cosignNote('A\n\nB\n', witness, 1_700_000_000n);
  expect(bytes.readBigUInt64BE()).toBe(1_700_000_000n);
  const later = Buffer.from(bytes);
  later.writeBigUInt64BE(1_700_000_001n);
  expect(() => signersOf(signed({ ...named, bytes: later }), [witness.key])).toThrow(UnsoundEvidence);
});

test.each([
  ['no signature', 'A\n'],
  ['nothing after the empty line', 'A\n\n'],
  ['no line break at its end', NOTE.slice(0, -1)],
  ['a tab', NOTE.replace('This is', 'This\tis')],
  ['a carriage return', NOTE.replace('.\n', '.\r\n')],
  ['a line that is no signature', `${NOTE}more\n`],
  ['a hyphen for the dash', NOTE.replace('—', '-')],
  ['a key name with a plus sign', NOTE.replace('example.com/foo', 'example.com+foo')],
  ['a key name with a space', NOTE.replace('example.com/foo', 'example.com\u00a0foo')],
  ['base64 of another kind', NOTE.replace('HjG1', 'HjG-')],
  ['base64 with bits that count for nothing', NOTE.replace('aQM=', 'aQN=')],
  ['a signature of four bytes', `A\n\n— example.com/foo Uw2QOg==\n`],
  ['too many signatures', `A\n\n${NOTE.split('\n\n')[1]!.repeat(65)}`],
])('refuses a note with %s', (_, note) => {
  expect(() => parseNote(note)).toThrow(UnsoundEvidence);
});

test('takes 16 signatures, as C2SP demands, and more', () => {
  const note = `This is an example message.\n\n${NOTE.split('\n\n')[1]!.repeat(64)}`;
  expect(signersOf(parseNote(note), [KEY])).toEqual(new Set([KEY]));
});

test.each([
  ['no name', '+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ['another id', 'example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ['an id in capitals', 'example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ['another name', 'example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ['a name with a space', 'a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
  ['an unknown type', `a+530d903a+${Buffer.concat([Buffer.of(6), Buffer.alloc(1312)]).toString('base64')}`],
  ['a key that is too short', `a+530d903a+${Buffer.alloc(32, 1).toString('base64')}`],
  ['no key', 'example.com/foo+530d903a'],
])('refuses a verifier key with %s', (_, text) => {
  expect(() => parseVerifierKey(text)).toThrow(UnsoundEvidence);
});

test('refuses to make a key whose name could not stand in a note', () => {
  for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u3000b']) {
    expect(() => verifierKey(name, 'note', publicOf(FIRST))).toThrow(TypeError);
  }
});
