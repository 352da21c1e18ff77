import { Action } from '../../actions/action';
import { permissionOf } from '../../actions/permission';
import { preparationOf } from '../../actions/preparation';
import { HeadServices } from '../../actions/read-at-head';
import { DepartmentScope } from '../../auth/department-scope';
import { WritePolicy } from '../../auth/policy';
import { Principal, ROLES } from '../../auth/principal';
import { CommandRequest } from '../../command-handling/command-request';
import { asSent } from '../../input/as-sent';
import { EntityName } from '../../kernel/codes';
import { ok, Refusal, Result } from '../../kernel/refusal';
import { readInstant } from '../../kernel/time';
import { CommandReading, proposedCommand } from './proposed-command';
import { ProposalRecord } from './record';

/** The command of a proposal, as it is judged when somebody confirms it. */
export interface ConfirmedCommand {
  readonly action: Action;
  readonly entity: EntityName;
  readonly request: CommandRequest<unknown, unknown>;
}

interface Confirming extends CommandReading {
  readonly reading: HeadServices;
  readonly policy: WritePolicy;
  /** Who confirms; undefined: it is only shown what a confirmation would do. */
  readonly by?: Principal;
  readonly correlationId: string;
  readonly causationId?: string;
}

/**
 * What was fixed when the command was proposed stays: its input, its actor, and when the fact is true. Everything else is judged
 * again: what both persons may do, references and rules.
 */
export function confirmedCommand(
  { made, proposedBy, origin }: ProposalRecord,
  { reading, policy, actions, calendar, by, correlationId, causationId }: Confirming,
): Result<ConfirmedCommand> {
  const proposed = proposedCommand(made, { actions, calendar });
  if (!proposed.ok) return proposed;
  const { action, entity, command } = proposed.value;
  const proposer = permissionOf(policy, action, { principal: proposerOf(made, proposedBy), command });
  const confirmer = by === undefined ? undefined : permissionOf(policy, action, { principal: by, command });
  return ok({
    action,
    entity,
    request: {
      decider: action.target.decider,
      entity,
      command,
      action: made.command,
      input: asSent(action.input, made.input),
      idempotencyKey: made.key?.idempotencyKey,
      effectiveAt: readInstant(made.effectiveAt),
      ...origin,
      actor: proposedBy,
      confirmation: { proposal: made.code, by: actorOf(by ?? proposedBy) },
      correlationId,
      causationId,
      prepare: preparationOf(action.target, command, reading),
      // Who may not perform the command is refused by `authorize`.
      sees: () => true,
      authorize: (department, record) => confirmer?.(department, record) ?? noLonger(proposer(department, record)),
    },
  });
}

const actorOf = ({ sub, name }: { readonly sub: string; readonly name?: string }) => ({ sub, name });

/** Who proposed, with what his token allowed then. */
const proposerOf = (
  { roles, departments }: ProposalRecord['made'],
  { sub, name }: ProposalRecord['proposedBy'],
): Principal => ({
  sub,
  name,
  roles: ROLES.filter((role) => roles.includes(role)),
  departments: DepartmentScope.of(departments),
  readDepartments: DepartmentScope.NONE,
});

const noLonger = (refusal: Refusal | undefined): Refusal | undefined =>
  refusal?.kind === 'FORBIDDEN'
    ? { kind: 'FORBIDDEN', message: `Who proposed the command may not perform it any more: ${refusal.message}` }
    : refusal;
