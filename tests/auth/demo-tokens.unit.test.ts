import { makeDemoSecret, makeDemoTokens } from '../../src/auth/demo-tokens';
import { createTokenVerifier } from '../../src/auth/token-verifier';

const DAY = 24 * 3600 * 1000;
const START = Date.parse('2024-03-01T00:00:00Z');
const at = (instant: number) => ({ now: () => instant });

describe('demo tokens', () => {
  it('name one person of each kind, for all departments', async () => {
    const secret = makeDemoSecret();
    const tokens = await makeDemoTokens(secret, at(START));
    const verifier = createTokenVerifier({ secret, clock: at(START) });

    expect(Object.keys(tokens)).toEqual(['editor', 'finance', 'auditor', 'analyst']);
    for (const [role, { sub, name, token }] of Object.entries(tokens)) {
      expect(await verifier.verify(`Bearer ${token}`)).toEqual({
        ok: true,
        value: { sub, name, roles: [role], departments: 'all' },
      });
    }
    expect(tokens.editor.name).toBe('张编辑');
    expect(new Set(Object.values(tokens).map(({ sub }) => sub)).size).toBe(4);
  });

  it.each([
    [364, true],
    [365, false],
  ])('are good for a year: after %i days %s', async (days, good) => {
    const secret = makeDemoSecret();
    const { editor } = await makeDemoTokens(secret, at(START));
    const later = createTokenVerifier({ secret, clock: at(START + days * DAY) });
    expect((await later.verify(`Bearer ${editor.token}`)).ok).toBe(good);
  });

  it('carry the issuer and the audience that the verifier asks for', async () => {
    const secret = makeDemoSecret();
    const expected = { issuer: 'https://demo.example', audience: 'mingjian' };
    const verifier = createTokenVerifier({ secret, clock: at(START), ...expected });
    const matching = await makeDemoTokens(secret, at(START), expected);
    const bare = await makeDemoTokens(secret, at(START));
    expect((await verifier.verify(`Bearer ${matching.auditor.token}`)).ok).toBe(true);
    expect((await verifier.verify(`Bearer ${bare.auditor.token}`)).ok).toBe(false);
  });

  it('are worthless under the next secret', async () => {
    const { editor } = await makeDemoTokens(makeDemoSecret(), at(START));
    const next = createTokenVerifier({ secret: makeDemoSecret(), clock: at(START) });
    expect((await next.verify(`Bearer ${editor.token}`)).ok).toBe(false);
  });
});

it('a demo secret is 256 random bits', () => {
  expect(Buffer.from(makeDemoSecret(), 'base64url')).toHaveLength(32);
  expect(makeDemoSecret()).not.toBe(makeDemoSecret());
});
