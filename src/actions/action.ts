import { ActionName } from '../auth/rights';
import { Decider } from '../command-handling/decider';
import { InputObject } from '../input/field';
import { Result } from '../kernel/refusal';
import { LocalDate } from '../kernel/time';
import { Projection } from '../projector/projection';
import { Reading } from '../reading/scope';
import { CommandFields } from './command-fields';
import { ReadAtHead } from './read-at-head';

/** What the actions on one kind of entity have in common. */
export interface ActionTarget<Name = unknown, Command = unknown, State = unknown, View = unknown> {
  readonly decider: Decider<State, Command>;
  readonly reading: Reading<State, View>;
  readonly projection: Projection<State>;
  /** Adds to a command what it needs of other entities. Left out if no command on this kind of entity needs any. */
  prepare?(command: Command, record: State | undefined, read: ReadAtHead): Promise<Result<Command>>;
  /** Its commands decide on proposals, and are recorded by the desk of proposals. */
  readonly decidesProposals?: boolean;
  /** The code of the entity that an input names. */
  codeOf(input: Name): string;
}

/**
 * One kind of change that a caller can record. Every entry point writes through `perform` and an action. The mutation of the same
 * name is made from it, and the demo calls it by name.
 */
export interface Action<Input = unknown, Command = unknown, State = unknown, View = unknown> extends ActionDefinition<
  Input,
  Command,
  State
> {
  readonly target: ActionTarget<Input, Command, State, View>;
}

export interface ActionDefinition<Input, Command, State = unknown> {
  /** The policy knows every action by its name. */
  readonly name: ActionName;
  /** 中文。English. */
  readonly description: string;
  readonly input: InputObject<Input>;
  toCommand(input: Input): Command;
  /** The date of the fact itself. If the input has no effectiveAt, the fact is effective from 00:00 of that day. */
  dayOf?(input: Input): LocalDate | undefined;
  /**
   * Of a correction: the action that recorded the fact, by whose right it is judged; undefined if there is no such fact, and then
   * the decider refuses.
   */
  recordedBy?(record: State | undefined, command: Command): ActionName | undefined;
  /** It is about an amount, so a rule of four eyes may have a threshold for it. */
  readonly isAboutAmount?: boolean;
  /** A closed entity takes it, so a rule of four eyes may be limited to closed ones. */
  readonly onClosed?: boolean;
}

/** Makes the actions on one kind of entity. */
export const actionsOn =
  <Name, Command, State, View>(target: ActionTarget<Name, Command, State, View>) =>
  <Input extends Name & CommandFields>(
    definition: ActionDefinition<Input, Command, State>,
  ): Action<Input, Command, State, View> => ({ ...definition, target });

/** One action for each kind of command: a command without an action does not compile. */
export type ActionsOf<Command extends { readonly kind: string }> = Readonly<Record<Command['kind'], Action>>;
