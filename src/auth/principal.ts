import { z } from 'zod';
import { isBlank } from '../kernel/blank';
import { DepartmentScope } from './department-scope';

export const ROLES = ['auditor', 'editor', 'finance', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The caller, as a verified token names it. What it may do is decided in policy.ts. */
export interface Principal {
  /** The actor of every change that the caller records. */
  readonly sub: string;
  readonly name?: string;
  /** May be empty: the caller is known, but nothing is allowed. */
  readonly roles: readonly Role[];
  /** The departments in which the caller may write. */
  readonly departments: DepartmentScope;
  /** The departments that the caller may read. To this caller, what belongs to another one does not exist. */
  readonly readDepartments: DepartmentScope;
}

/** A token of one of these roles that names no departments may read all of them. */
export const ROLES_THAT_READ_ALL: readonly Role[] = ['auditor', 'analyst', 'admin'];

/** The actor is recorded, so it must be printable text that every store gives back unchanged. */
const Printable = z.string().regex(/^[^\p{Control}\p{Surrogate}\u2028\u2029]*$/u);

const Departments = z.union([z.literal('*').transform((all) => [all]), z.array(z.string())]);

const Claims = z.object({
  sub: Printable.refine((sub) => !isBlank(sub)),
  name: Printable.optional(),
  roles: z.array(z.string()).default([]),
  departments: Departments.optional(),
  readDepartments: Departments.optional(),
});

/**
 * undefined if the claims name nobody or a claim has the wrong type. Unknown roles are skipped, because one token may serve
 * several systems. Without `departments`, a principal may write nowhere. It reads the `readDepartments`, else the `departments`,
 * and without both what its roles read. An empty list names no department, whatever the roles are.
 */
export function parsePrincipal(claims: unknown): Principal | undefined {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, name, departments, readDepartments = departments } = parsed.data;
  const roles = ROLES.filter((role) => parsed.data.roles.includes(role));
  return {
    sub,
    name,
    roles,
    departments: DepartmentScope.of(departments ?? []),
    readDepartments: readDepartments === undefined ? readByRole(roles) : DepartmentScope.of(readDepartments),
  };
}

const readByRole = (roles: readonly Role[]): DepartmentScope =>
  roles.some((role) => ROLES_THAT_READ_ALL.includes(role)) ? DepartmentScope.ALL : DepartmentScope.NONE;
