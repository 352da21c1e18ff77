import { Principal } from '../auth/principal';
import { AcceptedCommand } from '../command-handling/accepted-command';
import { CommandOutcome, CommandRequest } from '../command-handling/command-request';
import { Sees } from '../command-handling/stream-records';
import { EntityName } from '../kernel/codes';
import { Result } from '../kernel/refusal';
import { Reading } from '../reading/scope';
import { ActionTarget } from './action';

/** What the way to act needs of proposals: the feature of that name provides it (docs/adr/0034). */
export interface ProposalDesk {
  readonly reading: Reading<unknown, unknown>;
  /** The proposal that a command on this entity became under this idempotency key, if the caller may know of it. */
  under(entity: EntityName, idempotencyKey: string, sees: Sees): Promise<KnownProposal | undefined>;
  /** Records that a command waits for a second person. If the same was proposed under its key before, that proposal is the answer. */
  propose(proposed: ProposedCommand): Promise<Result<KnownProposal>>;
  /** Confirms, rejects or withdraws. */
  decide<State, Command>(
    request: CommandRequest<State, Command>,
    principal: Principal,
  ): Promise<Result<DecisionOutcome>>;
  /** The command of a proposal as if it were confirmed now; undefined if the proposal is decided. */
  pending(code: string): Promise<Result<PendingCommand> | undefined>;
  /** Judges as `decide` would, and records nothing. */
  judge<State, Command>(request: CommandRequest<State, Command>, principal: Principal): Promise<Result<JudgedDecision>>;
}

/** A command that is allowed, except that a second person has to confirm it. */
export interface ProposedCommand {
  readonly request: CommandRequest<never, never>;
  readonly principal: Principal;
  /** The input of the action. */
  readonly sent: unknown;
  readonly held: AcceptedCommand;
  readonly department: string;
  readonly fiscalYear?: number;
}

export interface KnownProposal {
  readonly code: string;
  readonly department: string;
  /** What the idempotency key of the command stands for. */
  readonly fingerprint?: string;
  /** The position of its newest change. */
  readonly position: bigint;
  /** What the command recorded; undefined if it is not confirmed. */
  readonly facts?: FactsOnRecord;
}

/** The first changes of an entity after one position, up to another one. */
export interface FactsOnRecord {
  readonly entity: EntityName;
  readonly after: bigint;
  readonly upTo: bigint;
  readonly count: number;
}

export interface DecisionOutcome extends CommandOutcome {
  /** Of a confirmation: what the command recorded. */
  readonly facts?: FactsOnRecord;
}

export type JudgedDecision =
  | { readonly kind: 'repeated'; readonly outcome: DecisionOutcome }
  | {
      readonly kind: 'accepted';
      readonly accepted: AcceptedCommand;
      /** Of a confirmation: what the command would record before. */
      readonly before?: PendingCommand;
    };

/** A command that would be recorded. */
export interface PendingCommand {
  readonly target: Pick<ActionTarget, 'projection'>;
  readonly entity: EntityName;
  readonly accepted: AcceptedCommand;
}
