import { checkpointText, parseCheckpoint } from '../../../src/evidence/notes/checkpoint';
import { parsePolicy } from '../../../src/evidence/notes/policy';
import { parseNote, printNote } from '../../../src/evidence/notes/signed-note';
import { cosignNote, signerOf, signNote } from '../../../src/evidence/notes/signatures';
import { parseTlogProof, printTlogProof, verifyTlogProof } from '../../../src/evidence/notes/tlog-proof';
import { trustedCheckpoint } from '../../../src/evidence/notes/trusted-checkpoint';
import { leafHash } from '../../../src/evidence/tree/hashes';
import { UnsoundEvidence } from '../../../src/evidence/unsound';
import { FIRST, SECOND, THIRD } from './keys';

/** Made by another program: keys 1 and 2 of RFC 8032, the eight leaves of Certificate Transparency, index 5. */
const PROOF = `c2sp.org/tlog-proof@v1
index 5
vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

mingjian.example/ledger
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

— mingjian.example/ledger W0x4FrtAgPrMBFvezHqyv6JI5JvchJ5b+AXKLFTi5K7D+zwIgWP3mT83Clzmu7ll1c8I11HRL7eULQDYHK/h3Ap6Lgg=
— witness.example/w1 BNLYMwAAAABlU/EAlSkjKfbDYAkTzRFX4TbnHaGlQUdET5ye+V4uIXEy8ogcwn8jI12nH1T5tWnGHPQETMf6NlNQXbzDwJjqGj2jAA==
`;
const LOG = 'mingjian.example/ledger+5b4c7816+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';
const WITNESS = 'witness.example/w1+04d2d833+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM';
const POLICY = `log ${LOG}\nwitness W1 ${WITNESS}\nquorum W1\n`;
const LEAF = leafHash(Buffer.from('40414243', 'hex'));

const policy = parsePolicy(POLICY);
const log = signerOf('mingjian.example/ledger', 'note', FIRST);
const witness = signerOf('witness.example/w1', 'cosignature', SECOND);
const [, NOTE = ''] = /\n\n([^]*)$/.exec(PROOF) ?? [];
const { text: TEXT } = parseNote(NOTE);

test('verifies a proof that another program has made', () => {
  expect(verifyTlogProof(parseTlogProof(PROOF), LEAF, policy)).toEqual({
    origin: 'mingjian.example/ledger',
    treeSize: 8n,
    rootHash: Buffer.from('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328', 'hex'),
    signers: new Set([log.key]),
    cosigners: new Set([witness.key]),
  });
});

test('makes the same bytes as the other program', () => {
  expect([log.key.text, witness.key.text]).toEqual([LOG, WITNESS]);
  const signatures = [signNote(TEXT, log), cosignNote(TEXT, witness, 1_700_000_000n)];
  expect(printNote({ text: checkpointText(parseCheckpoint(TEXT)), signatures })).toBe(NOTE);
  expect(printTlogProof(parseTlogProof(PROOF))).toBe(PROOF);
});

test('keeps extra data, which nothing proves', () => {
  const withExtra = PROOF.replace('index', 'extra aGVsbG8=\nindex');
  const parsed = parseTlogProof(withExtra);
  expect(parsed.extra).toEqual(Buffer.from('hello'));
  expect(printTlogProof(parsed)).toBe(withExtra);
});

test('refuses the proof with any one byte changed', () => {
  const accepted = [...Buffer.from(PROOF).keys()].filter((at) => {
    const bytes = Buffer.from(PROOF);
    bytes[at]! ^= 1;
    try {
      verifyTlogProof(parseTlogProof(bytes.toString()), LEAF, policy);
      return true;
    } catch (error) {
      if (error instanceof UnsoundEvidence) return false;
      throw error;
    }
  });
  expect(accepted).toEqual([]);
});

test.each([
  ['another leaf', PROOF, leafHash(Buffer.from('00', 'hex')), /not this event/],
  ['another index', PROOF.replace('index 5', 'index 4'), LEAF, /not this event/],
  ['a hash fewer', PROOF.replace(/vBoG.*\n/, ''), LEAF, /not this event/],
  ['an index with a leading zero', PROOF.replace('index 5', 'index 05'), LEAF, /not a number/],
  ['no index', PROOF.replace('index 5\n', ''), LEAF, /which leaf/],
  ['another header', PROOF.replace('v1', 'v2'), LEAF, /not a \.tlog-proof/],
  ['a hash that is too short', PROOF.replace(/vBoG.*\n/, 'vBoG\n'), LEAF, /not a SHA-256 hash/],
  ['nothing', '', LEAF, /not a \.tlog-proof/],
])('refuses a proof with %s, and says why', (_, text, leaf, why) => {
  expect(() => verifyTlogProof(parseTlogProof(text), leaf, policy)).toThrow(why);
});

const noteOf = (text: string, ...signers: ReturnType<typeof signerOf>[]) =>
  printNote({ text, signatures: signers.map((signer) => signNote(text, signer)) });
const onlyLog = parsePolicy(`log ${LOG}\nquorum none\n`);

describe('a checkpoint', () => {
  test('is signed with both keys while a log changes its key', () => {
    const next = signerOf('mingjian.example/ledger', 'note', THIRD);
    const both = parsePolicy(`log ${LOG}\nlog ${next.key.text}\nquorum none\n`);
    const note = noteOf(TEXT, log, next);
    expect(trustedCheckpoint(note, both).signers).toEqual(new Set([log.key, next.key]));
    expect(trustedCheckpoint(note, onlyLog).signers).toEqual(new Set([log.key]));
    expect(trustedCheckpoint(note, parsePolicy(`log ${next.key.text}\nquorum none`)).signers).toEqual(
      new Set([next.key]),
    );
  });

  test.each([
    ['another origin', noteOf(TEXT.replace('ledger', 'other'), log), /does not trust the log mingjian\.example\/other/],
    ['an unknown key', noteOf(TEXT, signerOf('mingjian.example/ledger', 'note', THIRD)), /No trusted key/],
    ['a key of another log', noteOf(TEXT, signerOf('elsewhere.example', 'note', FIRST)), /No trusted key/],
    ['a wrong id of a known key', NOTE.replace('W0x4F', 'W0x5F'), /No trusted key/],
    ['no root', noteOf('mingjian.example/ledger\n8\n', log), /not a checkpoint/],
    ['an empty line', noteOf(`${TEXT}\nmore\n`, log), /not a checkpoint/],
    ['an empty origin', noteOf(TEXT.replace(/^.*\n/, '\n'), log), /not a checkpoint/],
    ['a size with a leading zero', noteOf(TEXT.replace('\n8\n', '\n08\n'), log), /not a number/],
    ['a size of more than 64 bits', noteOf(TEXT.replace('\n8\n', '\n18446744073709551616\n'), log), /not a number/],
    [
      'a root of 31 bytes',
      noteOf(`mingjian.example/ledger\n8\n${Buffer.alloc(31).toString('base64')}\n`, log),
      /not a SHA-256/,
    ],
  ])('with %s is refused', (_, note, why) => {
    expect(() => trustedCheckpoint(note, onlyLog)).toThrow(why);
  });

  test('may have extension lines of another log', () => {
    const text = `${TEXT}more\n`;
    expect(trustedCheckpoint(noteOf(text, log), onlyLog).treeSize).toBe(8n);
  });

  test('without the cosignatures of the quorum is refused', () => {
    expect(() => trustedCheckpoint(noteOf(TEXT, log), policy)).toThrow(/as many witnesses/);
  });
});
