import { ok, refused, type Result } from '../kernel/refusal';
import type { Principal, Role } from './principal';

const WRITING_ROLES: readonly Role[] = ['editor', 'finance', 'admin'];
/** Duties are kept apart: who holds one of these never writes, whatever other roles the token adds. */
const WATCHING_ROLES: readonly Role[] = ['auditor', 'analyst'];

const ALLOWED: Result<void> = ok(undefined);
const forbidden = (message: string) => refused({ kind: 'FORBIDDEN', message });

export function mayRead(principal: Principal): Result<void> {
  return principal.roles.length > 0 ? ALLOWED : forbidden('The token carries no role of this ledger.');
}

/** Whether the roles allow writing at all. In which departments is `mayWriteDepartment`'s question, which asks this one too. */
export function mayWrite(principal: Principal): Result<void> {
  const watching = WATCHING_ROLES.find((role) => principal.roles.includes(role));
  if (watching !== undefined) return forbidden(`Who holds the role ${watching} never writes.`);
  if (WRITING_ROLES.some((role) => principal.roles.includes(role))) return ALLOWED;
  return forbidden(`Writing needs one of the roles ${WRITING_ROLES.join(', ')}.`);
}

/** Holds for a department that is yet to be registered just as for any other, and for every role, admin included. */
export function mayWriteDepartment(principal: Principal, department: string): Result<void> {
  const roles = mayWrite(principal);
  if (!roles.ok) return roles;
  if (principal.departments === 'all' || principal.departments.has(department)) return ALLOWED;
  return forbidden(`The token does not allow writing in department ${department}.`);
}
