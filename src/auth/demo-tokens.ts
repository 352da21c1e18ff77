import { createSecretKey, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../kernel/time';
import type { Role } from './principal';

interface DemoPerson {
  readonly name: string;
  readonly roles: readonly Role[];
}

const PERSONS = {
  editor: { name: '张编辑', roles: ['editor'] },
  finance: { name: '李财务', roles: ['finance'] },
  /** The second person for what `finance` proposes. */
  reviewer: { name: '周复核', roles: ['finance'] },
  admin: { name: '陈管理', roles: ['admin'] },
  /** Tries out GraphiQL, where one page has the mutations of three roles. */
  clerk: { name: '孙经办', roles: ['editor', 'finance', 'admin'] },
  auditor: { name: '王审计', roles: ['auditor'] },
  analyst: { name: '赵分析', roles: ['analyst'] },
} as const satisfies Readonly<Record<string, DemoPerson>>;

export type DemoPersonName = keyof typeof PERSONS;

/** A person of the demo, in the tokens and in the demo ledger. */
export const demoPerson = (person: DemoPersonName) => ({ sub: `demo-${person}`, ...(PERSONS[person] as DemoPerson) });

export interface DemoToken {
  readonly sub: string;
  readonly name: string;
  readonly token: string;
}

/** The claims that a demo server requires besides its secret. No other server issues or accepts them. */
export const DEMO_CLAIMS = { issuer: 'mingjian-demo', audience: 'mingjian-demo' } as const;

const LIFETIME_S = 7 * 24 * 60 * 60;

export const makeDemoSecret = (): string => randomBytes(32).toString('base64url');

/** For all departments, valid for a week. The clock is the verifier's, not a demo ledger's simulated one. */
export async function makeDemoTokens(
  secret: string,
  clock: Clock,
): Promise<Readonly<Record<DemoPersonName, DemoToken>>> {
  const key = createSecretKey(secret, 'utf8');
  const issuedAt = Math.floor(clock.now() / 1000);

  const tokenOf = async (person: DemoPersonName): Promise<DemoToken> => {
    const { sub, name, roles } = demoPerson(person);
    const token = new SignJWT({ name, roles, departments: '*' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setIssuedAt(issuedAt)
      .setIssuer(DEMO_CLAIMS.issuer)
      .setAudience(DEMO_CLAIMS.audience)
      .setExpirationTime(issuedAt + LIFETIME_S);
    return { sub, name, token: await token.sign(key) };
  };

  const persons = Object.keys(PERSONS) as DemoPersonName[];
  const tokens = await Promise.all(persons.map(async (person) => [person, await tokenOf(person)] as const));
  return Object.fromEntries(tokens) as Record<DemoPersonName, DemoToken>;
}
