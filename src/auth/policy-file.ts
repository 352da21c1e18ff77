import { z } from 'zod';
import { parseJsonFile } from '../kernel/json-file';
import { Role, ROLES } from './principal';
import {
  ACTION_NAMES,
  ActionName,
  DEFAULT_RIGHTS,
  Right,
  RIGHTS_FOR,
  RightsTable,
  WATCHING_ROLES,
  WRITING_RIGHTS,
} from './rights';

/** A policy file that cannot be used. The message says what is wrong. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}

const isWatching = (role: Role): boolean => WATCHING_ROLES.some((watching) => watching === role);

/** The rights that a file can give to a role or take from it. Analysts never learn who read what. */
const changeableFor = (role: Role): readonly Right[] => {
  const reading: readonly Right[] = role === 'analyst' ? ['readDetails'] : ['readDetails', 'readReads'];
  return isWatching(role) ? reading : [...reading, 'manageWebhooks', ...WRITING_RIGHTS];
};

const isAction = (name: unknown): name is ActionName => ACTION_NAMES.some((action) => action === name);

/** Why the file cannot change this right of the role. */
function unchangeable(role: Role, name: unknown): string {
  if (isAction(name) && isWatching(role)) return `${role} never writes`;
  if (isAction(name))
    return `${name} has no right of its own, it needs ${RIGHTS_FOR[name].join(' or ')}: name that one`;
  return `there is no right ${JSON.stringify(name)} that a file can change`;
}

const rightsOf = (role: Role) =>
  z.array(z.enum(changeableFor(role), { error: ({ input }) => unchangeable(role, input) })).default([]);

const changeOf = (role: Role) =>
  z
    .strictObject({ allow: rightsOf(role), deny: rightsOf(role) })
    .refine(({ allow, deny }) => !allow.some((right) => deny.includes(right)), 'a right is both allowed and denied')
    .prefault({});

type RoleChange = z.infer<ReturnType<typeof changeOf>>;

const PolicyFile = z.strictObject(
  Object.fromEntries(ROLES.map((role) => [role, changeOf(role)])) as Record<Role, ReturnType<typeof changeOf>>,
);

/**
 * The table of rights with the changes of a policy file: a JSON object from role to `{ "allow": [...], "deny": [...] }`. Throws
 * `PolicyFileError`.
 */
export function rightsWith(json: string): RightsTable {
  const parsed = PolicyFile.safeParse(parseJsonFile(json, (problem) => new PolicyFileError(`it ${problem}`)));
  if (!parsed.success) throw new PolicyFileError(parsed.error.issues.map(described).join('; '));
  const hasRight = (role: Role, right: Right): boolean => {
    const { allow, deny }: RoleChange = parsed.data[role];
    return (DEFAULT_RIGHTS[right].includes(role) || allow.includes(right)) && !deny.includes(right);
  };
  const rights = Object.keys(DEFAULT_RIGHTS) as Right[];
  return Object.fromEntries(
    rights.map((right) => [right, ROLES.filter((role) => hasRight(role, right))]),
  ) as unknown as RightsTable;
}

const described = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;
