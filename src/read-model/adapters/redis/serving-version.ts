import DataLoader from 'dataloader';
import { ReadModelBehind } from '../../../kernel/outage';
import { BEFORE_ALL, LogPoint } from '../../change';
import { padded } from './codec';
import { VersionKeys } from './keys';
import { ModelState, Models } from './models';

export interface ServingVersionOptions {
  readonly models: Models;
  readonly keysOf: (version: string) => VersionKeys;
  /** A version to read instead of the one that serves. */
  readonly version?: string;
  /** Called when another version is read from now on, or none. What was cached of the one before is invalid. */
  readonly onTurn: () => void;
}

/** Which version of the read models this node reads, and how far it has to have come. */
export class ServingVersion {
  private known: VersionKeys | undefined;
  private furthest: LogPoint = BEFORE_ALL;
  private readonly states: DataLoader<'state', ModelState | undefined>;

  constructor(private readonly options: ServingVersionOptions) {
    this.states = new DataLoader(
      async (asked) => {
        const state = await this.readState();
        return asked.map(() => state);
      },
      { cache: false, batchScheduleFn: (send) => void setImmediate(send) },
    );
  }

  /** Forgets everything that was seen: the version that serves now may end before an earlier one. */
  forget(): void {
    this.furthest = BEFORE_ALL;
    this.leave();
  }

  /** Forgets which version serves, until the next look. */
  leave(): void {
    this.turnTo(undefined);
  }

  state(): Promise<ModelState | undefined> {
    return this.states.load('state');
  }

  /** The furthest watermark that was seen here. */
  get highest(): LogPoint {
    return this.furthest;
  }

  /** The keys of the version that is read now; another object after each turn. undefined if none is known. */
  get current(): VersionKeys | undefined {
    return this.known;
  }

  /** Throws `ReadModelBehind` if no version serves. */
  async keys(): Promise<VersionKeys> {
    if (this.known === undefined) await this.state();
    if (this.known === undefined) throw new ReadModelBehind('There are no read models yet');
    return this.known;
  }

  /**
   * The position that a shard must have reached. Nothing is known beyond the furthest watermark, so no more than that is
   * required.
   */
  required(at: bigint): string {
    const { position } = this.furthest;
    return padded(at < position ? at : position);
  }

  private async readState(): Promise<ModelState | undefined> {
    const { models, keysOf, version } = this.options;
    const state = await models.read(version);
    if (this.known?.version !== state?.version) this.turnTo(state && keysOf(state.version));
    if (state !== undefined && state.watermark.position > this.furthest.position) this.furthest = state.watermark;
    return state;
  }

  private turnTo(keys: VersionKeys | undefined): void {
    this.known = keys;
    this.options.onTurn();
  }
}
