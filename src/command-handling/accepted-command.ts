import { NewEvent } from '../event-store/envelope';
import { EntityName } from '../kernel/codes';
import { Instant } from '../kernel/time';
import { StreamRecord } from './stream-records';

/** The events of a command, and the stream that they would follow. */
export interface AcceptedCommand {
  readonly stream: string;
  readonly before: StreamRecord;
  readonly events: readonly NewEvent[];
  readonly judgedAt: Instant;
  /** When its fact is true in the world, unless a fact has a date of its own. */
  readonly effectiveAt: Instant;
  /** Whether a second person has to confirm the command before the events may be appended. */
  readonly needsSecondPerson: boolean;
  /** What has to follow the events in the streams of other entities. */
  readonly followUps: readonly AcceptedFollowUp[];
}

export interface AcceptedFollowUp extends Pick<AcceptedCommand, 'stream' | 'before' | 'events'> {
  readonly entity: EntityName;
}

/** The command is allowed, and nothing was recorded: a second person has to confirm it. */
export interface HeldCommand {
  readonly held: AcceptedCommand;
}
