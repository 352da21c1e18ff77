import { Principal } from '../auth/principal';
import { HeldCommand } from '../command-handling/accepted-command';
import { CommandOutcome, CommandRequest } from '../command-handling/command-request';
import { EntityName } from '../kernel/codes';
import { ok, Result } from '../kernel/refusal';
import { missingFollowUps } from '../read-model/follow-ups';
import { ActingServices } from './acting-services';
import { Action, ActionTarget } from './action';
import { dryRun } from './dry-run';
import { Performed } from './performed';
import { propose, proposed, proposedEarlier } from './propose';
import { finished } from './read-back';
import { Caller, requestOf } from './request-of';

export type { ActingServices } from './acting-services';
export type { Caller } from './request-of';

/** Whether the action is recorded, or only shown as it would be. */
export interface PerformOptions {
  readonly dryRun?: boolean;
}

/**
 * The one way to write. It reads the input, asks the policy, passes the command to the command handler, waits a bounded time until
 * the read models have the events, and reads the entity as the action left it. A dry run takes the same way and ends before the
 * append; what was recorded before under its idempotency key is answered as on record. A caller that may not read the department gets
 * the position only.
 *
 * Refusals, in this order: BAD_USER_INPUT, FORBIDDEN, CONFLICT (idempotency key, revision), then the decider's. Outages are thrown.
 */
export async function perform<Input, Command, State, View>(
  services: ActingServices,
  action: Action<Input, Command, State, View>,
  sent: unknown,
  caller: Caller,
  options: PerformOptions = {},
): Promise<Result<Performed<View>>> {
  const read = requestOf(services, action, sent, caller);
  if (!read.ok) return read;
  const { entity, request, mayReadBack } = read.value;
  const { target } = action;
  const { principal } = caller;
  if (target.decidesProposals) return decided(services, { target, entity, request, principal, mayReadBack }, options);
  const earlier = await proposedEarlier(services, request);
  if (earlier?.ok === false) return earlier;
  if (earlier !== undefined) {
    return ok(await proposed(services, target.reading, { entity, proposal: earlier.value, isRepeated: true }));
  }
  if (options.dryRun) {
    const judged = await services.commands.judge(request);
    if (!judged.ok) return judged;
    if (judged.value.kind === 'repeated')
      return ok(await finished(services, target.reading, entity, judged.value.outcome));
    if (!mayReadBack()) return unread(services);
    return dryRun(services, target, { entity, accepted: judged.value.accepted });
  }
  const outcome = await executeAndFinish(services, request);
  if (!outcome.ok) return outcome;
  if (!('held' in outcome.value)) return ok(await finished(services, target.reading, entity, outcome.value));
  return propose(services, { action, request, principal, sent, held: outcome.value.held });
}

/** Confirms, rejects or withdraws a proposal. */
async function decided<State, Command, View>(
  services: ActingServices,
  { target, entity, request, principal, mayReadBack }: Decision<State, Command, View>,
  options: PerformOptions,
): Promise<Result<Performed<View>>> {
  if (!options.dryRun) {
    const outcome = await services.proposals.decide(request, principal);
    return outcome.ok ? ok(await finished(services, target.reading, entity, outcome.value)) : outcome;
  }
  const judged = await services.proposals.judge(request, principal);
  if (!judged.ok) return judged;
  if (judged.value.kind === 'repeated') {
    return ok(await finished(services, target.reading, entity, judged.value.outcome));
  }
  if (!mayReadBack()) return unread(services);
  const { accepted, before } = judged.value;
  return dryRun(services, target, { entity, accepted, before });
}

/** A dry run of a command that would be accepted, in a department that the caller may not read. */
const unread = async ({ log }: ActingServices): Promise<Result<Performed<never>>> =>
  ok({ position: await log.head(), dryRun: true });

interface Decision<State, Command, View> {
  readonly target: ActionTarget<never, Command, State, View>;
  readonly entity: EntityName;
  readonly request: CommandRequest<State, Command>;
  readonly principal: Principal;
  /** Whether the caller may read the department of the proposal, which is known once it was judged. */
  readonly mayReadBack: () => boolean;
}

/**
 * Executes the command. If changes of other entities have to be followed by changes of this one, and these are missing, they are
 * appended too. If the command was refused, it is judged again with them.
 */
async function executeAndFinish<State, Command>(
  { commands, store }: ActingServices,
  request: CommandRequest<State, Command>,
): Promise<Result<CommandOutcome | HeldCommand>> {
  const { decider, entity } = request;
  if (decider.followUps === undefined) return commands.execute(request);
  // Meanwhile: no command that is accepted waits for read models that do not answer.
  const looking = missingFollowUps(store, entity).catch(() => []);
  const outcome = await commands.execute(request);
  const missing = await looking;
  if (missing.length === 0) return outcome;
  const finishing = Promise.all(missing.map(({ from }) => commands.finish(decider, { ...entity, code: from })));
  if (!outcome.ok) {
    await finishing;
    return commands.execute(request);
  }
  // This command is on record, whatever becomes of the others.
  await finishing.catch(() => undefined);
  return outcome;
}
