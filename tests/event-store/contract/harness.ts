import { EventStore } from '../../../src/event-store/event-store';

/** What the contract suite needs of an adapter: a log of its own for each test, empty at first. */
export interface EventStoreHarness {
  readonly store: EventStore;
  readonly prefix: string;
  /** Closes the store and opens the same log again: `store` is another from then on. */
  restart(): Promise<void>;
  /** Puts an event into the same log, in a stream outside of the prefix. Absent where the log cannot hold one. */
  readonly appendForeign?: () => Promise<void>;
  /** Called once, whether the store is closed by then or not. */
  dispose(): Promise<void>;
}

export type MakeHarness = () => Promise<EventStoreHarness>;

/** The harness of the test that runs. */
export type CurrentHarness = () => EventStoreHarness;
