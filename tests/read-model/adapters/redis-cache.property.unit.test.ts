import fc from 'fast-check';
import { CACHE_BOUNDS } from '../../../src/kernel/limits';
import { ReadModelBehind } from '../../../src/kernel/outage';
import { MemoryTemporalStore } from '../../../src/read-model/adapters/memory';
import { MemberPage, ProjectedChange, TemporalStore } from '../../../src/read-model/temporal-store';
import { openReadModels } from '../../support/redis/harness';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { sharedRedis } from '../../support/redis/shared-redis';
import { keyOf, Script, Step } from '../contract/script';

const DOCUMENTS = ['D1.2023', 'D2.2023', 'D1.2023/L1', 'D9.2023'];
const CODES = ['A', 'B', 'C', 'D'];
const COLLECTIONS = ['TASK', 'TASK/D1', 'NEVER_WRITTEN'];

const eventArbitrary = fc.record({
  stride: fc.bigInt(1n, 3n),
  documents: fc.subarray(DOCUMENTS.slice(0, 3)),
  members: fc.record({ TASK: fc.subarray(CODES, { maxLength: 1 }), 'TASK/D1': fc.subarray(CODES, { maxLength: 1 }) }),
});
const boundArbitrary = fc.option(fc.constantFrom(...CODES), { nil: undefined });
const questionArbitrary = fc.record({
  node: fc.nat(1),
  /** Whether the node looks first which read models serve, and how far they are. */
  looks: fc.boolean(),
  /** Before the end of the log. */
  ago: fc.nat(12),
  documents: fc.subarray(DOCUMENTS, { minLength: 1 }),
  collection: fc.constantFrom(...COLLECTIONS),
  page: fc.record<MemberPage>({
    after: boundArbitrary,
    before: boundArbitrary,
    limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    last: fc.boolean(),
  }),
});
type Question = typeof questionArbitrary extends fc.Arbitrary<infer T> ? T : never;

const stepArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), event: eventArbitrary }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('project' as const), most: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('ask' as const), question: questionArbitrary }) },
  // The read models are lost, and are built again from the log.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), how: fc.constantFrom('flush', 'discard') }) },
  // Others are built beside them and promoted.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rebuild' as const) }) },
  // The log ends earlier from now on, and goes on with other events.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      lost: fc.integer({ min: 1, max: 6 }),
      reading: questionArbitrary,
    }),
  },
);
type TestStep = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

const redis = sharedRedis();

/** The log, and two nodes with caches that read the same Redis, one of which has room for next to nothing. */
class World {
  private events: { readonly step: Step; readonly life: number }[] = [];
  private life = 0;
  private projected = 0;
  private serves = false;
  /** The watermark that each node saw last. */
  private readonly seen: (bigint | undefined)[] = [];
  private readonly writer = openReadModels(redis.url, () => undefined);
  private readonly nodes = [CACHE_BOUNDS, { knownVersionsBytes: 900, knownMembersBytes: 500 }].map((cacheBytes) =>
    openReadModels(redis.url, () => undefined, { cacheBytes }),
  );

  async play(step: TestStep): Promise<void> {
    switch (step.kind) {
      case 'append': {
        const { stride, ...written } = step.event;
        this.events.push({ step: { position: this.end + stride, ...written }, life: this.life });
        return;
      }
      case 'project':
        return this.project(step.most);
      case 'ask':
        return this.expectRight(step.question);
      case 'lose':
        if (step.how === 'flush') await redis.client.flushall();
        else await this.writer.discard();
        await this.writer.checkpoint();
        this.startOver();
        return;
      case 'rebuild': {
        if (!this.serves) return;
        const candidate = await this.writer.candidate();
        await candidate.write(this.log());
        await candidate.markServing();
        expect(await candidate.promote()).toBe(true);
        await this.writer.checkpoint();
        this.projected = this.events.length;
        return;
      }
      case 'replace': {
        // A read that is under way while the node forgets is of the log before.
        const reading = ask(this.nodes[step.reading.node]!, step.reading, this.end).catch(() => undefined);
        this.events = this.events.slice(0, Math.max(0, this.events.length - step.lost));
        this.life++;
        await this.writer.discard();
        this.writer.forget();
        for (const node of this.nodes) node.forget();
        this.seen.length = 0;
        await reading;
        this.startOver();
        return;
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.writer, ...this.nodes].map((store) => store.close()));
  }

  private get end(): bigint {
    return this.events.at(-1)?.step.position ?? 0n;
  }

  private startOver(): void {
    this.projected = 0;
    this.serves = false;
  }

  /** Each life of the log has states of its own. */
  private log(): ProjectedChange[] {
    const changes = new Script().all(this.events.map(({ step }) => step));
    return changes.map((change, index) => ({
      ...change,
      documents: change.documents.map((document) => ({
        ...document,
        state: { of: document.state, life: this.events[index]!.life },
      })),
    }));
  }

  private async project(most: number): Promise<void> {
    const next = this.log().slice(this.projected, this.projected + most);
    await this.writer.write(next);
    this.projected += next.length;
    if (this.projected < this.events.length) return;
    await this.writer.markServing();
    this.serves = true;
  }

  /** A question may be refused while the read models are built again, and until the node has noticed. An answer is right at all times. */
  private async expectRight(question: Question): Promise<void> {
    const node = this.nodes[question.node]!;
    const looked = question.looks ? await node.watermark() : undefined;
    const watermark = looked?.position ?? this.seen[question.node];
    if (watermark === undefined) return;
    this.seen[question.node] = watermark;
    const whole = new MemoryTemporalStore();
    await whole.write(this.log());
    const position = watermark - BigInt(question.ago);
    const at = position < 0n ? 0n : position;
    try {
      expect(await ask(node, question, at)).toEqual(await ask(whole, question, at));
    } catch (error) {
      if (looked !== undefined || !(error instanceof ReadModelBehind)) throw error;
    }
  }
}

const ask = async (store: TemporalStore, { documents, collection, page }: Question, at: bigint) => ({
  versions: (await store.versions(documents.map(keyOf), at, 'state')).map(
    (version) => version && { position: version.position, revision: version.revision, state: version.state },
  ),
  members: await store.members(collection, at, page),
  point: await store.pointAt({ position: at }),
});

test(
  'whatever is written, lost, rebuilt or replaced in between, two nodes answer as if they kept nothing',
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 120, size: 'max' }), async (steps) => {
        await redis.client.flushall();
        const world = new World();
        try {
          for (const step of steps) await world.play(step);
        } finally {
          await world.close();
        }
      }),
      runs(25),
    ),
  PROPERTY_TIMEOUT_MS,
);
