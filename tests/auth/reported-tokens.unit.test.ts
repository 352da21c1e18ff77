import { parsePrincipal } from '../../src/auth/principal';
import { reportingTokens } from '../../src/auth/reported-tokens';
import { REFUSED_TOKENS } from '../../src/auth/token-refusals';
import { VerifiedToken } from '../../src/auth/verified-token';
import { ok, refused, Result } from '../../src/kernel/refusal';
import { Signal, TOKEN_REFUSALS } from '../../src/kernel/telemetry';

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

describe('a token that is refused', () => {
  /** What is reported if the verifier answers so, at once and later. */
  async function reportsOfRefusal(refusal: Result<VerifiedToken>): Promise<readonly Signal[]> {
    const signals: Signal[] = [];
    for (const answer of [refusal, Promise.resolve(refusal)]) {
      const tokens = reportingTokens({ verify: () => answer }, { report: (signal) => signals.push(signal) });
      expect(await tokens.verify('Bearer x')).toBe(refusal);
    }
    return signals;
  }

  it.each(TOKEN_REFUSALS)('is reported each time: %s', async (reason) => {
    const report = { kind: 'token-refused', reason };
    expect(await reportsOfRefusal(REFUSED_TOKENS[reason])).toEqual([report, report]);
  });

  it('is reported with a reason, or not at all', async () => {
    expect(await reportsOfRefusal(refused({ kind: 'UNAUTHENTICATED', message: 'The token is invalid.' }))).toEqual([]);
  });
});
