import { WritePolicy } from '../auth/policy';
import { CommandHandler } from '../command-handling/command-handler';
import { AbortState } from '../kernel/async';
import { Patience } from '../kernel/patience';
import { DryRunServices } from './dry-run';
import { ProposalDesk } from './proposing';
import { HeadServices } from './read-at-head';

export interface ActingServices extends DryRunServices {
  readonly policy: WritePolicy;
  readonly commands: CommandHandler;
  readonly proposals: ProposalDesk;
  /** Reads all departments with every detail: what is recorded does not depend on what its writer may read. */
  readonly deciding: HeadServices;
  /** Compares the log with what this node and its read models know of it. Throws `LogMismatch`. */
  readonly requireSameLog: () => Promise<void>;
  /** Aborts if the client disconnects before the answer. No new write begins then; a write that has begun is finished. */
  readonly signal?: AbortState;
  /** How long the request waits. */
  readonly patience?: Patience;
}
