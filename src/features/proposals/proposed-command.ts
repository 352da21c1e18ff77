import { Action } from '../../actions/action';
import { readInput } from '../../input/read-input';
import { EntityName } from '../../kernel/codes';
import { CorruptLedger } from '../../kernel/outage';
import { ok, Result } from '../../kernel/refusal';
import { LedgerCalendar } from '../../kernel/time';
import { ProposalMade } from './events';

export interface ProposedCommand {
  readonly action: Action;
  readonly entity: EntityName;
  readonly command: unknown;
}

export interface CommandReading {
  /** By name. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly calendar: LedgerCalendar;
}

/** The action that a proposal is about. A log that names one that this program does not have is damaged, or another program's. */
export function actionOf(made: ProposalMade, actions: CommandReading['actions']): Action {
  const action = actions.get(made.command);
  if (action === undefined) throw noAction(made);
  return action;
}

export const noAction = ({ code, command }: ProposalMade): CorruptLedger =>
  new CorruptLedger(`Proposal ${code} is about ${command}, which is no action`);

/** The command of a proposal, read from what was sent. Refusals: BAD_USER_INPUT, if a later version takes less than an earlier one. */
export function proposedCommand(made: ProposalMade, { actions, calendar }: CommandReading): Result<ProposedCommand> {
  const action = actionOf(made, actions);
  const input = readInput(action.input, made.input, { argument: 'input', calendar });
  if (!input.ok) return input;
  const entity = { entityType: made.entityType, code: made.entity };
  return ok({ action, entity, command: action.toCommand(input.value) });
}
