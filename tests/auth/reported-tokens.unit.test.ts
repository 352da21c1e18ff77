import { parsePrincipal } from '../../src/auth/principal';
import { reportingTokens } from '../../src/auth/reported-tokens';
import { ok } from '../../src/kernel/refusal';
import { Signal } from '../../src/kernel/telemetry';

/** What is reported of a token with these claims, which is sent twice. */
function reportsOf(claims: object): readonly Signal[] {
  const signals: Signal[] = [];
  const principal = parsePrincipal({ sub: 'u1', ...claims })!;
  const verifier = { verify: () => ok({ principal, expiresAt: Infinity }) };
  const tokens = reportingTokens(verifier, { report: (signal) => signals.push(signal) });
  for (let sent = 0; sent < 2; sent++)
    expect(tokens.verify('Bearer x')).toEqual(ok({ principal, expiresAt: Infinity }));
  return signals;
}

describe('a token that reads nothing', () => {
  it.each([
    ['without departments', { roles: ['editor', 'finance'] }, ['editor', 'finance']],
    ['with an empty list', { roles: ['auditor'], departments: [] }, ['auditor']],
    ['with nothing to read', { roles: ['finance'], departments: '*', readDepartments: [] }, ['finance']],
  ])('is reported once %s', (_, claims, roles) => {
    expect(reportsOf(claims)).toEqual([{ kind: 'token-reads-nothing', sub: 'u1', roles }]);
  });
});

it.each([
  ['reads a department', { roles: ['editor'], departments: ['D1'] }],
  ['reads by its role', { roles: ['auditor'] }],
  ['has no role and is refused anyway', { departments: [] }],
])('a token that %s is not reported', (_, claims) => {
  expect(reportsOf(claims)).toEqual([]);
});
