import { Bell } from '../../src/kernel/async';
import { Outage } from '../../src/kernel/outage';
import { ApiOptions, startApi, TestApi } from '../support/api';
import { eventually } from '../support/eventually';
import { FeedClient, feedClient, first, isCaughtUp, Item, read, TRANSPORTS, Transport } from '../support/feed-client';
import { KurrentStandIn } from '../support/kurrentdb/stand-in';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { Ask } from '../support/load';
import { troublesTo } from '../support/telemetry';

/** The number of recorded changes when subscribers come. The read models were rebuilt after half of them. */
export const HISTORY = 12;

type OnEnd = (cleanUp: () => unknown) => void;

/** The node that is queried. */
export interface Host {
  readonly address: string;
  readonly token: string;
  readonly ask: Ask;
}

/** Where a subscriber begins: after how many changes, and with which position; undefined means now. */
export interface StartPoint {
  readonly start: number;
  readonly after: ((record: FeedPositions) => bigint) | undefined;
}

export interface Refused {
  readonly after: (record: FeedPositions) => string;
  readonly error: object;
}

export interface FeedPositions {
  /** By sequence; the first is the position before all changes. */
  readonly positions: readonly bigint[];
  /** The position that the feed gave for the third change before the read models were rebuilt. */
  readonly kept: bigint;
}

export interface Happening {
  /** How many changes it adds. */
  readonly changes: number;
  /**
   * The marks that each subscriber gets. After each CAUGHT_UP except the last, its feed ends, and it resumes after its last
   * item.
   */
  readonly marks: readonly string[];
  /** The query of the subscribers until they resume. */
  readonly query?: string;
  readonly serve: (stage: Stage) => Promise<Host>;
  /** Lets the subscribers come, and makes the thing happen. */
  readonly happen: (stage: Stage) => Promise<void>;
}

const REGISTER = 'mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { position } }';

/** A log whose positions have gaps, a node over it, and subscribers from every position over every transport. */
export class Stage implements FeedPositions {
  readonly readers: Reader[] = [];
  readonly refusals: { readonly transport: Transport; readonly place: string; readonly error: unknown }[] = [];
  readonly positions: bigint[] = [0n];
  kept = 0n;
  host!: Host;
  private codes = 0;

  private constructor(
    readonly happening: Happening,
    private readonly startPoints: readonly (readonly [string, StartPoint])[],
    private readonly refused: readonly (readonly [string, Refused])[],
    readonly standIn: KurrentStandIn,
    readonly onEnd: OnEnd,
  ) {}

  static async play(
    happening: Happening,
    places: readonly (readonly [string, StartPoint])[],
    refused: readonly (readonly [string, Refused])[],
    onEnd: OnEnd,
  ): Promise<Stage> {
    const stage = new Stage(happening, places, refused, await startStandIn(onEnd), onEnd);
    await stage.writeHistory();
    await happening.happen(stage);
    if (happening.changes > 0) await stage.all(({ lastSequence }) => lastSequence >= stage.total - 1);
    // Anything unexpected has arrived before this.
    await stage.write(1);
    await Promise.all(stage.readers.map(({ ended }) => ended));
    return stage;
  }

  /** The number of changes at the end. */
  get total(): number {
    return HISTORY + this.happening.changes + 1;
  }

  client(transport: Transport): FeedClient {
    const client = feedClient(transport, { url: this.host.address, token: this.host.token });
    this.onEnd(() => {
      client.dispose();
    });
    return client;
  }

  /** One after the other. */
  async write(count: number, input: object = {}): Promise<void> {
    for (let change = 0; change < count; change++) await this.register(input);
  }

  async burst(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.register({})));
  }

  async readersCome(): Promise<void> {
    for (const transport of TRANSPORTS)
      for (const [name, place] of this.startPoints) this.readers.push(new Reader(this, transport, name, place));
    await this.refuse();
  }

  async readersComeAndCatchUp(): Promise<void> {
    await this.readersCome();
    await this.all(({ items }) => items.some(({ kind }) => kind));
  }

  /** Each refused subscriber asks once. */
  async refuse(): Promise<void> {
    for (const transport of TRANSPORTS) {
      const client = this.client(transport);
      for (const [place, { after }] of this.refused) {
        const result = await first(client.ask({ variables: { after: after(this) } }));
        expect(result.data ?? null).toBeNull();
        for (const error of result.errors) this.refusals.push({ transport, place, error });
      }
    }
  }

  /** Until it is true for each subscriber. */
  async all(holds: (reader: Reader) => boolean): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.until(() => holds(reader))));
  }

  private async writeHistory(): Promise<void> {
    const before = await startApi({ eventStore: () => openLog(this.standIn.url) });
    try {
      this.host = await hostOf(before);
      await this.write(HISTORY / 2);
      const items = await read(this.client('WebSocket').ask({ variables: { after: '0' } }), isCaughtUp);
      this.kept = BigInt(items[2]!.position);
    } finally {
      await before.close();
    }
    this.host = await this.happening.serve(this);
    await this.write(HISTORY / 2);
    // This leaves unused positions in between.
    expect(this.positions[9]! - this.positions[8]!).toBeGreaterThan(2n);
  }

  /** Retries, at the node that runs then, until it is acknowledged. */
  private async register(input: object): Promise<void> {
    const code = `D${++this.codes}`;
    const position = await eventually(`${code} is registered`, async () => {
      const { data, errors } = await this.host.ask(REGISTER, {
        input: { code, name: code, idempotencyKey: code, ...input },
      });
      return errors === undefined && BigInt(data.registerDepartment.position);
    });
    this.positions.push(position);
    this.positions.sort((a, b) => Number(a - b));
  }
}

const hostOf = async ({ url, ask, token }: TestApi): Promise<Host> => ({
  address: url,
  token: await token(),
  ask,
});

/** Something that happens to a node in the test's own process. */
export function here(
  happening: Pick<Happening, 'changes' | 'marks' | 'query'> & { readonly options?: ApiOptions },
  happen: (stage: Stage, api: TestApi) => Promise<void>,
): Happening {
  let api: TestApi;
  return {
    ...happening,
    serve: async ({ standIn, onEnd }) => {
      api = await startApi({
        eventStore: () => openLog(standIn.url),
        telemetry: troublesTo((error) => {
          if (!(error instanceof Outage)) throw error;
        }),
        ...happening.options,
      });
      onEnd(() => api.close());
      onEnd(() => eventually('all subscribers are gone', () => Promise.resolve(liveFeedOf(api).subscribers === 0)));
      return hostOf(api);
    },
    happen: (stage) => happen(stage, api),
  };
}

const liveFeedOf = (api: TestApi) => api.ledger.services.feed.live;

/** Until the buffers of all subscribers have got everything recorded. */
export const handedOut = (stage: Stage, api: TestApi): Promise<boolean> =>
  eventually('everything was delivered', () =>
    Promise.resolve(liveFeedOf(api).position.position === stage.positions.at(-1)),
  );

export const seated = (stage: Stage, api: TestApi): Promise<boolean> =>
  eventually('all have subscribed', () => Promise.resolve(liveFeedOf(api).subscribers === stage.readers.length));

/** Reads up to the last change, and resumes if the feed ends before that. */
export class Reader {
  readonly items: Item[] = [];
  readonly ended: Promise<void>;
  client!: FeedClient;
  private readonly news = new Bell();
  private isOver = false;

  constructor(
    private readonly stage: Stage,
    readonly transport: Transport,
    readonly name: string,
    readonly place: StartPoint,
  ) {
    this.ended = this.follow(place.after?.(stage)).finally(() => {
      this.isOver = true;
      this.news.ring();
    });
    // The rejection is handled by the code that waits for the end.
    this.ended.catch(() => undefined);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.isOver) return this.ended;
      await this.news.wait();
    }
  }

  get lastSequence(): number {
    return Number(this.items.findLast(({ sequence }) => sequence !== undefined)?.sequence ?? 0);
  }

  private async follow(start: bigint | undefined): Promise<void> {
    const { stage } = this;
    const isComplete = () => this.lastSequence >= stage.total;
    let after = start === undefined ? undefined : String(start);
    let { query } = stage.happening;
    for (let ends = stage.happening.marks.filter((mark) => mark === 'CAUGHT_UP').length; !isComplete(); ends--) {
      if (ends === 0) throw new Error(`The feed from ${this.name} ended, over ${this.transport}`);
      this.client = stage.client(this.transport);
      try {
        await read(this.client.ask({ query, variables: after === undefined ? {} : { after } }), isComplete, (item) => {
          this.items.push(item);
          this.news.ring();
        });
      } catch (error) {
        if (ends === 1) throw error;
      }
      after = this.items.at(-1)?.position ?? after;
      query = undefined;
    }
  }
}
