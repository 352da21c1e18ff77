import { CommandRequest } from '../command-handling/command-request';
import { ActionTarget } from './action';
import { HeadServices, readAtHead } from './read-at-head';

/**
 * How the command is completed when it is judged. undefined if it needs nothing of other entities: only such commands are appended together
 * with others.
 */
export function preparationOf<State, Command>(
  target: Pick<ActionTarget<never, Command, State>, 'prepare'>,
  command: Command,
  services: HeadServices,
): CommandRequest<State, Command>['prepare'] {
  const prepare = target.prepare?.bind(target);
  return prepare && ((record, effectiveAt) => prepare(command, record, readAtHead(services, effectiveAt)));
}
