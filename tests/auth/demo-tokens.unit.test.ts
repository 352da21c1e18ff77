import { DepartmentScope } from '../../src/auth/department-scope';
import { DEMO_CLAIMS, makeDemoSecret, makeDemoTokens } from '../../src/auth/demo-tokens';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { TestClock } from '../support/clock';

const DAY = 24 * 3600 * 1000;
const START = Date.parse('2024-03-01T00:00:00Z');
const at = (instant: number) => new TestClock(instant);

describe('demo tokens', () => {
  it('name one person for each role, a second one for finance, and one with every writing role, for all departments', async () => {
    const secret = makeDemoSecret();
    const tokens = await makeDemoTokens(secret, at(START));
    const verifier = createTokenVerifier({ secret, clock: at(START) });

    expect(Object.keys(tokens)).toEqual(['editor', 'finance', 'reviewer', 'admin', 'clerk', 'auditor', 'analyst']);
    const others: Record<string, string[]> = { clerk: ['editor', 'finance', 'admin'], reviewer: ['finance'] };
    for (const [person, { sub, name, token }] of Object.entries(tokens)) {
      const roles = others[person] ?? [person];
      expect(await verifier.verify(`Bearer ${token}`)).toEqual({
        ok: true,
        value: {
          principal: {
            sub,
            name,
            roles,
            departments: DepartmentScope.ALL,
            readDepartments: DepartmentScope.ALL,
          },
          expiresAt: START + 7 * DAY,
        },
      });
    }
    expect(tokens.editor.name).toBe('张编辑');
    expect(new Set(Object.values(tokens).map(({ sub }) => sub)).size).toBe(7);
  });

  it.each([
    [6, true],
    [7, false],
  ])('are valid for a week: after %i days %s', async (days, good) => {
    const secret = makeDemoSecret();
    const { editor } = await makeDemoTokens(secret, at(START));
    const later = createTokenVerifier({ secret, clock: at(START + days * DAY) });
    expect((await later.verify(`Bearer ${editor.token}`)).ok).toBe(good);
  });

  it('carry an issuer and an audience of their own', async () => {
    const secret = makeDemoSecret();
    const { auditor } = await makeDemoTokens(secret, at(START));
    const accepts = async (claims: object) =>
      (await createTokenVerifier({ secret, clock: at(START), ...claims }).verify(`Bearer ${auditor.token}`)).ok;
    expect(await accepts(DEMO_CLAIMS)).toBe(true);
    expect(await accepts({ ...DEMO_CLAIMS, issuer: 'https://id.example' })).toBe(false);
    expect(await accepts({ ...DEMO_CLAIMS, audience: 'mingjian' })).toBe(false);
  });

  it('are invalid under another secret', async () => {
    const { editor } = await makeDemoTokens(makeDemoSecret(), at(START));
    const next = createTokenVerifier({ secret: makeDemoSecret(), clock: at(START) });
    expect((await next.verify(`Bearer ${editor.token}`)).ok).toBe(false);
  });
});

it('a demo secret is 256 random bits', () => {
  expect(Buffer.from(makeDemoSecret(), 'base64url')).toHaveLength(32);
  expect(makeDemoSecret()).not.toBe(makeDemoSecret());
});
