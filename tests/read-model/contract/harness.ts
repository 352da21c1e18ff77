import { TemporalStore } from '../../../src/read-model/temporal-store';

/** What the contract suite needs of an adapter: read models of their own for each test, empty at first. */
export interface TemporalStoreHarness {
  readonly store: TemporalStore;
  /** Opens the same read models as a new process would: `store` is another from then on. */
  restart(): Promise<void>;
  /** Called once. */
  dispose(): Promise<void>;
}

export interface TemporalStoreAdapter {
  /** Whether the read models outlive the process that wrote them; else they are empty after a restart. */
  readonly durable: boolean;
  readonly makeHarness: () => Promise<TemporalStoreHarness>;
}

/** The harness of the test that runs. */
export type CurrentHarness = () => TemporalStoreHarness;
