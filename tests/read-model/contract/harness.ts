import { TemporalStore } from '../../../src/read-model/temporal-store';

/** What the contract suite needs from an adapter: for each test separate read models, empty at first. */
export interface TemporalStoreHarness {
  readonly store: TemporalStore;
  /** Opens the same read models as a new process would. After that, `store` is a new one. */
  restart(): Promise<void>;
  /** Called once. */
  dispose(): Promise<void>;
}

export interface TemporalStoreAdapter {
  /** Whether the read models survive the process that wrote them. Otherwise they are empty after a restart. */
  readonly durable: boolean;
  readonly makeHarness: () => Promise<TemporalStoreHarness>;
}

/** The harness of the current test. */
export type CurrentHarness = () => TemporalStoreHarness;
