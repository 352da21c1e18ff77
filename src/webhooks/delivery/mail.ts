import { StopReason, Webhook } from '../webhook';

/** A change for a webhook. */
export interface Letter {
  readonly position: bigint;
  readonly eventId: string;
  /** Its CloudEvent, as the subscriber may see it. */
  body(): Promise<string>;
}

/** How far a webhook has come, and in which log. */
export type Reached = Pick<Webhook, 'position' | 'mark'>;

export interface Batch {
  /** In the order of the log. */
  readonly letters: readonly Letter[];
  /** Everything up to here was looked at. */
  readonly reached: Reached;
}

/** What a deliverer reads of the ledger. */
export interface Mail {
  /**
   * The next changes that the webhook wants and that its subscriber may see now. A reason if the webhook cannot go on, such as a log
   * that does not have what it has come to. Throws `Outage` and refusals that pass, such as READ_MODEL_BEHIND.
   */
  next(webhook: Webhook, after: Reached, signal: AbortSignal): Promise<Batch | StopReason>;
  /** Resolves when there may be something after the position, or after a while. */
  wait(after: bigint, signal: AbortSignal): Promise<void>;
}
