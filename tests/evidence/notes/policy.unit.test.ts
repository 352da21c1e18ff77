import { generateKeyPairSync } from 'node:crypto';
import { parsePolicy, Policy } from '../../../src/evidence/notes/policy';
import { signerOf } from '../../../src/evidence/notes/signatures';
import { VerifierKey } from '../../../src/evidence/notes/verifier-key';

const keyOf = (name: string, type: VerifierKey['type']) =>
  signerOf(name, type, generateKeyPairSync('ed25519').privateKey).key;
const LOG = keyOf('log.example', 'note');
const KEYS = new Map(
  ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map((name) => [name, keyOf(`${name}.example`, 'cosignature')]),
);
const witnesses = [...KEYS].map(([name, { text }]) => `witness ${name} ${text}`).join('\n');
const vkey = (name: string) => KEYS.get(name)!.text;

const accepts = (policy: Policy, ...names: string[]) =>
  policy.isQuorum(new Set(names.map((name) => policy.witnesses.find(({ text }) => text === vkey(name))!)));

test('the example of C2SP: two of the X-witnesses and one of the Y-witnesses', () => {
  const policy = parsePolicy(`log ${LOG.text}

${witnesses}
group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`);
  expect(policy.logs).toEqual([LOG]);
  expect(accepts(policy, 'X1', 'X3', 'Y2')).toBe(true);
  expect(accepts(policy, 'X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3')).toBe(true);
  expect(accepts(policy, 'X1', 'X2', 'X3')).toBe(false);
  expect(accepts(policy, 'X1', 'Y1', 'Y2', 'Y3')).toBe(false);
  expect(accepts(policy)).toBe(false);
});

test('comments, empty lines, tabs and addresses are read over', () => {
  const policy = parsePolicy(
    `  # 可信名单\n\n\tlog\t${LOG.text} https://log.example/ \nwitness X1 ${vkey('X1')} https://x1.example/\n quorum  X1`,
  );
  expect(policy.logs).toEqual([LOG]);
  expect(accepts(policy, 'X1')).toBe(true);
});

test('without witnesses, no cosignature is needed', () => {
  expect(parsePolicy('quorum none').isQuorum(new Set())).toBe(true);
});

test.each([
  ['', /no quorum/],
  [`log ${LOG.text}`, /no quorum/],
  ['quorum none\nquorum none', /Line 2 .*already/],
  [`# ${'x'.repeat(300_000)}\nquorum none`, /more than 262144 characters/],
  [
    `${witnesses}\n${Array.from({ length: 5_000 }, (_, n) => `group g${n} any ${n === 0 ? 'X1' : `g${n - 1}`}`).join('\n')}`,
    /more than 1000 names/,
  ],
  ['quorum X1', /not defined/],
  [`quorum X1\nwitness X1 ${vkey('X1')}`, /Line 1 .*X1 is not defined/],
  [`log ${LOG.text}\nlog ${LOG.text}`, /Line 2 .*twice/],
  [`witness A ${vkey('X1')}\nwitness B ${vkey('X1')}`, /twice/],
  [`witness A ${vkey('X1')}\nwitness A ${vkey('X2')}`, /A is defined already/],
  [`witness none ${vkey('X1')}`, /none is defined already/],
  [`log ${vkey('X1')}`, /another kind of signature/],
  [`witness A ${LOG.text}`, /another kind of signature/],
  [`${witnesses}\ngroup G 0 X1`, /cannot have 0 members/],
  [`${witnesses}\ngroup G 3 X1 X2`, /cannot have 3 members/],
  [`${witnesses}\ngroup G most X1 X2`, /not a number/],
  [`${witnesses}\ngroup G any`, /does not say/],
  [`${witnesses}\ngroup G any none`, /none is not defined/],
  [`${witnesses}\ngroup G any G`, /G is not defined/],
  [`${witnesses}\ngroup G all X1 X1`, /in a group already/],
  [`${witnesses}\ngroup G all X1 X2\ngroup H all X2 X3`, /in a group already/],
  ['allow everybody', /does not say/],
  ['quorum', /does not say/],
  ['log not-a-key', /not a verifier key/],
  ['quorum none\r\n', /control characters/],
])('refuses %j', (text, why) => {
  expect(() => parsePolicy(text)).toThrow(why);
});
