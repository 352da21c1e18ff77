import { mayKnow } from '../auth/policy';
import { Principal } from '../auth/principal';
import { CommandRequest } from '../command-handling/command-request';
import { asSent } from '../input/as-sent';
import { readInput } from '../input/read-input';
import { EntityName } from '../kernel/codes';
import { requireWaiting } from '../kernel/outage';
import { ok, Result } from '../kernel/refusal';
import { ActingServices } from './acting-services';
import { Action } from './action';
import { CommandFields } from './command-fields';
import { permissionOf } from './permission';
import { preparationOf } from './preparation';

/** The caller of an action, and the request ids that are recorded with its changes. */
export interface Caller {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** What an action asks of the command handler. */
export interface ActionRequest<State, Command> {
  readonly entity: EntityName;
  readonly request: CommandRequest<State, Command>;
  /** Whether the caller may read what the command has changed. It is known when the command was judged. */
  readonly mayReadBack: () => boolean;
}

/** Reads the input of an action, and asks the policy. Refusals: BAD_USER_INPUT, FORBIDDEN. */
export function requestOf<Input, Command, State, View>(
  services: ActingServices,
  action: Action<Input, Command, State, View>,
  sent: unknown,
  { principal, correlationId, causationId }: Caller,
): Result<ActionRequest<State, Command>> {
  const { calendar, policy } = services;
  const { target } = action;
  const read = readInput(action.input, sent, { argument: 'input', calendar });
  if (!read.ok) return read;
  const allowed = policy.mayAct(principal, action.name);
  if (!allowed.ok) return allowed;
  requireWaiting(services.signal);
  services.patience?.require();

  const input = read.value as Input & CommandFields;
  const entity = { entityType: target.reading.entityType, code: target.codeOf(input) };
  const day = action.dayOf?.(input);
  const command = action.toCommand(input);
  const permitted = permissionOf(policy, action, { principal, command });
  let department: string | undefined;
  const mayReadBack = (): boolean => department === undefined || principal.readDepartments.covers(department);
  const request: CommandRequest<State, Command> = {
    decider: target.decider,
    entity,
    command,
    action: action.name,
    input: input.idempotencyKey === undefined ? undefined : asSent(action.input, sent),
    idempotencyKey: input.idempotencyKey,
    expectedRevision: input.expectedRevision,
    effectiveAt: input.effectiveAt ?? (day === undefined ? undefined : calendar.startOf(day)),
    reason: input.reason,
    documentNo: input.documentNo,
    evidence: input.evidence,
    actor: { sub: principal.sub, name: principal.name },
    correlationId,
    causationId,
    patience: services.patience,
    prepare: preparationOf(target, command, services.deciding),
    authorize(concerned, record) {
      department = concerned;
      return permitted(concerned, record);
    },
    sees: (home) => mayKnow(principal, home),
  };
  return ok({ entity, request, mayReadBack });
}
