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

/** The person that acts in a role, in the tokens and in the demo ledger alike. */
export const demoPerson = (role: DemoRole) => ({ sub: `demo-${role}`, name: PERSONS[role] });

export interface DemoToken {
  readonly sub: string;
  readonly name: string;
  readonly token: string;
}

/** Has to be what the verifier asks for, or it turns the demo tokens away. */
export interface DemoTokenOptions {
  readonly issuer?: string;
  readonly audience?: string;
}

const ONE_YEAR_S = 365 * 24 * 60 * 60;

export const makeDemoSecret = (): string => randomBytes(32).toString('base64url');

/** One person of each kind, for all departments, good for a year. The clock is the verifier's, not a demo ledger's simulated one. */
export async function makeDemoTokens(
  secret: string,
  clock: Clock,
  options: DemoTokenOptions = {},
): Promise<Readonly<Record<DemoRole, DemoToken>>> {
  const key = createSecretKey(secret, 'utf8');
  const issuedAt = Math.floor(clock.now() / 1000);

  const person = async (role: DemoRole): Promise<DemoToken> => {
    const { sub, name } = demoPerson(role);
    const token = new SignJWT({ name, roles: [role], departments: '*' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ONE_YEAR_S);
    if (options.issuer !== undefined) token.setIssuer(options.issuer);
    if (options.audience !== undefined) token.setAudience(options.audience);
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
