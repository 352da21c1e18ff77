import { ok, refused, type Result } from '../kernel/refusal';
import type { Principal, Role } from './principal';

const WRITING_ROLES: readonly Role[] = ['editor', 'finance', 'admin'];
/** Separation of duties: a caller with one of these roles never writes, whatever other roles the token has. */
const WATCHING_ROLES: readonly Role[] = ['auditor', 'analyst'];

const ALLOWED: Result<void> = ok(undefined);
const forbidden = (message: string) => refused({ kind: 'FORBIDDEN', message });

export function mayRead(principal: Principal): Result<void> {
  return principal.roles.length > 0 ? ALLOWED : forbidden('The token carries no role of this ledger.');
}

/** Whether the roles allow writing at all. `mayWriteDepartment` also checks the department. */
export function mayWrite(principal: Principal): Result<void> {
  const watching = WATCHING_ROLES.find((role) => principal.roles.includes(role));
  if (watching !== undefined) return forbidden(`The role ${watching} never writes.`);
  if (WRITING_ROLES.some((role) => principal.roles.includes(role))) return ALLOWED;
  return forbidden(`Writing needs one of the roles ${WRITING_ROLES.join(', ')}.`);
}

/** Applies to every role, admin included, and also to a department that is not registered yet. */
export function mayWriteDepartment(principal: Principal, department: string): Result<void> {
  const roles = mayWrite(principal);
  if (!roles.ok) return roles;
  if (principal.departments.covers(department)) return ALLOWED;
  return forbidden(`The token does not allow writing in department ${department}.`);
}

/**
 * Who may perform an action, by its name: asked before it is known what the action touches, and again with the department. A
 * proposal asks again when it is confirmed.
 */
export interface WritePolicy {
  mayAct(principal: Principal, action: string): Result<void>;
  mayActIn(principal: Principal, action: string, department: string): Result<void>;
}

/** Every role that writes, in its own departments. */
export const WRITERS: WritePolicy = {
  mayAct: (principal) => mayWrite(principal),
  mayActIn: (principal, _action, department) => mayWriteDepartment(principal, department),
};
