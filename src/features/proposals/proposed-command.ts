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

/** The command of a proposal, read from what was sent. Refusals: BAD_USER_INPUT, if a later version takes less than an earlier one. */
export function proposedCommand(made: ProposalMade, { actions, calendar }: CommandReading): Result<ProposedCommand> {
  const action = actions.get(made.command);
  if (action === undefined)
    throw new CorruptLedger(`Proposal ${made.code} is about ${made.command}, which is no action`);
  const input = readInput(action.input, made.input, { argument: 'input', calendar });
  if (!input.ok) return input;
  const entity = { entityType: made.entityType, code: made.entity };
  return ok({ action, entity, command: action.toCommand(input.value) });
}
