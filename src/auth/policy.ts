import { ok, refused, type Result } from '../kernel/refusal';
import { Principal, Role, ROLES } from './principal';
import { ACTION_NAMES, ActionName, DEFAULT_RIGHTS, RIGHTS_FOR, RightsTable, WATCHING_ROLES } from './rights';

const ALLOWED: Result<void> = ok(undefined);
const forbidden = (message: string) => refused({ kind: 'FORBIDDEN', message });

export function mayRead(principal: Principal): Result<void> {
  return principal.roles.length > 0 ? ALLOWED : forbidden('The token carries no role of this ledger.');
}

/** Whether the caller may know what belongs to a department: a caller that may write in it does not have to be able to read it. */
export const mayKnow = ({ departments, readDepartments }: Principal, department: string): boolean =>
  readDepartments.covers(department) || departments.covers(department);

/**
 * Who may perform an action, by its name: asked before it is known what the action touches, and again with the department. A
 * proposal asks again when it is confirmed.
 */
export interface WritePolicy {
  /** Whether the roles allow the action in some department. */
  readonly mayAct: (principal: Principal, action: ActionName) => Result<void>;
  /** Whether they allow it in this one. It may be a department that is not registered yet. */
  readonly mayActIn: (principal: Principal, action: ActionName, department: string) => Result<void>;
}

/** What each caller may do. */
export interface Policy extends WritePolicy {
  /** The actions that the roles allow. */
  readonly actionsOf: (principal: Principal) => readonly ActionName[];
  /** Whether one of the roles may see payees, payers, memos and the names of persons. */
  readonly readsDetails: (principal: Principal) => boolean;
  /** Whether the roles allow to read who read what. */
  readonly mayReadReads: (principal: Principal) => Result<void>;
  /** Whether the roles allow to have changes sent to other systems. */
  readonly mayManageWebhooks: (principal: Principal) => Result<void>;
}

export function policyOf(rights: RightsTable): Policy {
  const rolesFor = (action: ActionName): readonly Role[] =>
    ROLES.filter((role) => RIGHTS_FOR[action].some((right) => rights[right].includes(role)));

  function mayAct(principal: Principal, action: ActionName): Result<void> {
    return needsOne(principal, rolesFor(action), action);
  }

  /** A role that only watches takes away what other roles of the token allow. */
  function needsOne(principal: Principal, allowing: readonly Role[], what: string): Result<void> {
    const watching = WATCHING_ROLES.find((role) => principal.roles.includes(role));
    if (watching !== undefined) return forbidden(`The role ${watching} never writes.`);
    return hasOne(principal, allowing) ? ALLOWED : forbidden(`${what} needs ${oneOf(allowing)}.`);
  }

  return {
    mayAct,
    mayActIn(principal, action, department) {
      const allowed = mayAct(principal, action);
      if (!allowed.ok) return allowed;
      if (principal.departments.covers(department)) return ALLOWED;
      return forbidden(`The token does not allow writing in department ${department}.`);
    },
    readsDetails: (principal) => hasOne(principal, rights.readDetails),
    mayReadReads(principal) {
      if (!hasOne(principal, rights.readReads)) return forbidden(`reads needs ${oneOf(rights.readReads)}.`);
      return hasOne(principal, rights.readDetails) ? ALLOWED : forbidden('reads names persons: it needs readDetails.');
    },
    mayManageWebhooks: (principal) => needsOne(principal, rights.manageWebhooks, 'Managing webhooks'),
    actionsOf: (principal) => ACTION_NAMES.filter((action) => mayAct(principal, action).ok),
  };
}

const hasOne = (principal: Principal, allowing: readonly Role[]): boolean =>
  principal.roles.some((role) => allowing.includes(role));

export const DEFAULT_POLICY: Policy = policyOf(DEFAULT_RIGHTS);

function oneOf(roles: readonly Role[]): string {
  if (roles.length === 0) return 'a role that this server gives to nobody';
  return roles.length === 1 ? `the role ${roles.join()}` : `one of the roles ${roles.join(', ')}`;
}
