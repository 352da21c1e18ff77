import { Configured, editionOf } from '../../src/app/edition';
import { LogProofs } from '../../src/evidence/log-proofs';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { EXAMPLE_RULES } from '../../src/monitoring/example-rules';

const configured: Configured = {
  streamPrefix: 'mingjian-',
  timeZone: 'Asia/Shanghai',
  limits: DEFAULT_LIMITS,
  pseudonymKey: 'key',
  demo: false,
  alertRules: EXAMPLE_RULES,
};

test('the same program with the same configuration has one name', () => {
  expect(editionOf({ ...configured })).toBe(editionOf(configured));
});

test.each<[string, Partial<Configured>]>([
  ['prefix', { streamPrefix: 'other-' }],
  ['time zone', { timeZone: 'Asia/Urumqi' }],
  ['limit', { limits: { ...DEFAULT_LIMITS, maxListLength: 1 } }],
  ['key of pseudonyms', { pseudonymKey: 'other' }],
  ['lack of a key', { pseudonymKey: undefined }],
  ['kind of ledger', { demo: true }],
  ['rule of monitoring', { alertRules: { ...EXAMPLE_RULES, rules: [] } }],
  ['tree of the log', { proofs: { origin: 'ledger.example' } as LogProofs }],
])('another %s has another name', (_, differs) => {
  expect(editionOf({ ...configured, ...differs })).not.toBe(editionOf(configured));
});
