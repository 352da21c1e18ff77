import { z } from 'zod';
import { isBlank } from '../kernel/blank';

export const ROLES = ['auditor', 'editor', 'finance', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whoever asks, as a verified token names them. What they may do is policy.ts's to say. */
export interface Principal {
  /** The actor of every change that they record. */
  readonly sub: string;
  readonly name?: string;
  /** May be empty: known to us, and allowed nothing. */
  readonly roles: readonly Role[];
  /** The codes of the departments they may write in. */
  readonly departments: 'all' | ReadonlySet<string>;
}

const ALL_DEPARTMENTS = '*';

/** Recorded as the actor, so it has to be text that can be printed and that every store gives back as it was. */
const Printable = z.string().regex(/^[^\p{Control}\p{Surrogate}\u2028\u2029]*$/u);

const Claims = z.object({
  sub: Printable.refine((sub) => !isBlank(sub)),
  name: Printable.optional(),
  roles: z.array(z.string()).default([]),
  departments: z.union([z.literal(ALL_DEPARTMENTS), z.array(z.string())]).default([]),
});

/**
 * undefined where the claims name nobody or a claim has the wrong type. Roles that are not ours are skipped: one token
 * may serve several systems. Without `departments` a principal writes nowhere.
 */
export function parsePrincipal(claims: unknown): Principal | undefined {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, name, roles, departments } = parsed.data;
  return {
    sub,
    name,
    roles: ROLES.filter((role) => roles.includes(role)),
    // Both a text and an array have `includes`; of the texts only `*` passes the schema.
    departments: departments.includes(ALL_DEPARTMENTS) ? 'all' : new Set(departments),
  };
}
