import { z } from 'zod';
import { isBlank } from '../kernel/blank';

export const ROLES = ['auditor', 'editor', 'finance', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The caller, as a verified token names it. What it may do is decided in policy.ts. */
export interface Principal {
  /** The actor of every change that the caller records. */
  readonly sub: string;
  readonly name?: string;
  /** May be empty: the caller is known, but nothing is allowed. */
  readonly roles: readonly Role[];
  /** The codes of the departments in which the caller may write. */
  readonly departments: 'all' | ReadonlySet<string>;
}

const ALL_DEPARTMENTS = '*';

/** The actor is recorded, so it must be printable text that every store gives back unchanged. */
const Printable = z.string().regex(/^[^\p{Control}\p{Surrogate}\u2028\u2029]*$/u);

const Claims = z.object({
  sub: Printable.refine((sub) => !isBlank(sub)),
  name: Printable.optional(),
  roles: z.array(z.string()).default([]),
  departments: z.union([z.literal(ALL_DEPARTMENTS), z.array(z.string())]).default([]),
});

/**
 * undefined if the claims name nobody or a claim has the wrong type. Unknown roles are skipped, because one token may serve
 * several systems. Without `departments`, a principal may write nowhere.
 */
export function parsePrincipal(claims: unknown): Principal | undefined {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, name, roles, departments } = parsed.data;
  return {
    sub,
    name,
    roles: ROLES.filter((role) => roles.includes(role)),
    // Both a text and an array have `includes`. The schema accepts only one text, `*`.
    departments: departments.includes(ALL_DEPARTMENTS) ? 'all' : new Set(departments),
  };
}
