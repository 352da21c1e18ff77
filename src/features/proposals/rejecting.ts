import { permissionOf } from '../../actions/permission';
import { WritePolicy } from '../../auth/policy';
import { Principal } from '../../auth/principal';
import { CommandHandler } from '../../command-handling/command-handler';
import { CommandRequest } from '../../command-handling/command-request';
import { ProposalCommand } from './decider';
import { CommandReading, proposedCommand } from './proposed-command';
import { ProposalRecord } from './record';

type Request = CommandRequest<ProposalRecord, ProposalCommand>;

export interface RejectingOptions extends CommandReading {
  readonly policy: WritePolicy;
  readonly commands: CommandHandler;
}

/**
 * Whoever rejects a proposal must be one that may perform its command. A correction needs the right to the fact that it corrects, and
 * only the record of the entity says which fact that is.
 */
export async function rejectionOf(
  { policy, commands, ...reading }: RejectingOptions,
  request: Request,
  principal: Principal,
  { made }: ProposalRecord,
): Promise<Request> {
  const proposed = proposedCommand(made, reading);
  // What nobody could confirm any more can still be rejected.
  if (!proposed.ok) return request;
  const { action, entity, command } = proposed.value;
  const { record } = await commands.read(action.target.decider, entity);
  const permitted = permissionOf(policy, action, { principal, command });
  return {
    ...request,
    authorize: (department, proposal) => request.authorize(department, proposal) ?? permitted(department, record),
  };
}
