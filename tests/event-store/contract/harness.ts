import { EventStore } from '../../../src/event-store/event-store';

/** What the contract suite needs from an adapter: for each test a separate log, empty at first. */
export interface EventStoreHarness {
  readonly store: EventStore;
  readonly prefix: string;
  /** Closes the store and opens the same log again. After that, `store` is a new one. */
  restart(): Promise<void>;
  /** Appends an event to the same log, in a stream outside the prefix. Absent if the log cannot contain one. */
  readonly appendForeign?: () => Promise<void>;
  /** Called once, whether the store is closed or not. */
  dispose(): Promise<void>;
}

export type MakeHarness = () => Promise<EventStoreHarness>;

/** The harness of the current test. */
export type CurrentHarness = () => EventStoreHarness;
