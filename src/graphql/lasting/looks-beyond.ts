import { Extensions } from 'type-graphql';

export type ArgumentValues = Readonly<Record<string, unknown>>;

/** Whether a field looks beyond its snapshot if it has these arguments. `events`: how many events are on record at the snapshot. */
export type LooksBeyondIf = (args: ArgumentValues, events: bigint) => boolean;

/** What a field of the schema says about its answer. */
export interface BeyondExtensions {
  readonly looksBeyond?: LooksBeyondIf;
}

export const ALWAYS: LooksBeyondIf = () => true;

/**
 * Marks a field whose answer depends on more than its snapshot: on the head, on what is signed later, or on a question of what if. An answer
 * that has it gets no entity tag. A test walks the schema and asks of each new field whether it needs this mark.
 */
export const LooksBeyond = (looksBeyond: LooksBeyondIf = ALWAYS): MethodDecorator & PropertyDecorator =>
  Extensions({ looksBeyond } satisfies BeyondExtensions);
