import { createSecretKey, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../kernel/time';
import type { Role } from './principal';

const PERSONS = {
  editor: '张编辑',
  finance: '李财务',
  auditor: '王审计',
  analyst: '赵分析',
} as const satisfies Partial<Record<Role, string>>;

export type DemoRole = keyof typeof PERSONS;

/** The person in a role, in the tokens and in the demo ledger. */
export const demoPerson = (role: DemoRole) => ({ sub: `demo-${role}`, name: PERSONS[role] });

export interface DemoToken {
  readonly sub: string;
  readonly name: string;
  readonly token: string;
}

/** The claims that a demo server requires besides its secret. No other server issues or accepts them. */
export const DEMO_CLAIMS = { issuer: 'mingjian-demo', audience: 'mingjian-demo' } as const;

const LIFETIME_S = 7 * 24 * 60 * 60;

export const makeDemoSecret = (): string => randomBytes(32).toString('base64url');

/**
 * One person for each role, for all departments, valid for a week. The clock is the verifier's, not a demo ledger's simulated
 * one.
 */
export async function makeDemoTokens(secret: string, clock: Clock): Promise<Readonly<Record<DemoRole, DemoToken>>> {
  const key = createSecretKey(secret, 'utf8');
  const issuedAt = Math.floor(clock.now() / 1000);

  const person = async (role: DemoRole): Promise<DemoToken> => {
    const { sub, name } = demoPerson(role);
    const token = new SignJWT({ name, roles: [role], departments: '*' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setIssuedAt(issuedAt)
      .setIssuer(DEMO_CLAIMS.issuer)
      .setAudience(DEMO_CLAIMS.audience)
      .setExpirationTime(issuedAt + LIFETIME_S);
    return { sub, name, token: await token.sign(key) };
  };

  const [editor, finance, auditor, analyst] = await Promise.all([
    person('editor'),
    person('finance'),
    person('auditor'),
    person('analyst'),
  ]);
  return { editor, finance, auditor, analyst };
}
