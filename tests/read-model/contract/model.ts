import fc from 'fast-check';
import { BEFORE_ALL, LogPoint } from '../../../src/read-model/change';
import { MemberPage, ProjectedChange, VersionRange, TemporalStore } from '../../../src/read-model/temporal-store';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { TemporalStoreAdapter } from './harness';
import { changesOf, cutOf, keyOf, Script, Step, versionsOf } from './script';

const DOCUMENTS = ['D1.2023', 'D2.2023', 'D1.2023/L1', 'D1.2023/L2'];
const CODES = ['A', 'B', 'B-1', 'a', '财'];
const COLLECTIONS = ['TASK', 'TASK/D1'];

interface RandomStep {
  readonly stride: bigint;
  readonly pause: number;
  readonly documents: readonly string[];
  readonly tasks: readonly string[];
  readonly ofDepartment: readonly string[];
}

const stepArbitrary = fc.record<RandomStep>({
  stride: fc.oneof({ weight: 9, arbitrary: fc.bigInt(1n, 4n) }, { weight: 1, arbitrary: fc.constant(2n ** 53n) }),
  pause: fc.nat(2),
  documents: fc.subarray(DOCUMENTS),
  tasks: fc.subarray(CODES, { maxLength: 2 }),
  ofDepartment: fc.subarray(CODES, { maxLength: 2 }),
});

/** Positions are drawn as fractions of the history, so that they fall on events and between them whatever its length. */
const placeArbitrary = fc.record({ event: fc.nat(40), offset: fc.constantFrom(-1n, 0n, 0n, 1n) });
const sizeArbitrary = { limit: fc.option(fc.nat(6), { nil: undefined }), last: fc.boolean() };
const boundArbitrary = fc.option(fc.constantFrom(...CODES, '', 'AA', 'z'), { nil: undefined });

const questionArbitrary = fc.record({
  from: placeArbitrary,
  to: placeArbitrary,
  time: fc.integer({ min: -1, max: 90 }),
  range: fc.record(sizeArbitrary),
  page: fc.record<MemberPage>({ after: boundArbitrary, before: boundArbitrary, ...sizeArbitrary }),
});

/** The port, implemented with an array of everything written that is searched from its start for each question. */
class NaiveStore {
  constructor(private readonly written: readonly ProjectedChange[]) {}

  versions(at: bigint) {
    return DOCUMENTS.map((code) => versionsOf(code, this.upTo(at)).at(-1));
  }

  walk(code: string, range: VersionRange) {
    return point(versionsOf(code, this.between(range)), range);
  }

  changes(range: VersionRange) {
    return point(changesOf(this.between(range)), range);
  }

  members(collection: string, at: bigint, { after, before, ...size }: MemberPage): string[] {
    const joined = this.upTo(at).flatMap(({ members }) => members.filter((member) => member.collection === collection));
    const codes = [...new Set(joined.map(({ code }) => code))].sort();
    const between = codes.filter((code) => !(after !== undefined && code <= after));
    return point(
      between.filter((code) => !(before !== undefined && code >= before)),
      size,
    );
  }

  cutAtPosition(position: bigint): LogPoint {
    return lastPoint(this.upTo(position));
  }

  cutAtTime(time: number): LogPoint {
    return lastPoint(this.written.filter(({ change }) => change.recordedAt <= time));
  }

  private between({ after, upTo }: VersionRange): ProjectedChange[] {
    return this.upTo(upTo).filter(({ change }) => change.event.position > after);
  }

  private upTo(at: bigint): ProjectedChange[] {
    return this.written.filter(({ change }) => change.event.position <= at);
  }
}

function point<T>(
  items: readonly T[],
  { limit = items.length, last = false }: { limit?: number; last?: boolean },
): T[] {
  return items.filter((_, index) => (last ? index >= items.length - limit : index < limit));
}

function lastPoint(written: readonly ProjectedChange[]): LogPoint {
  const last = written.at(-1);
  return last === undefined ? BEFORE_ALL : cutOf(last);
}

export function describeModel({ makeHarness }: TemporalStoreAdapter): void {
  const property = fc.asyncProperty(
    fc.array(fc.array(stepArbitrary, { maxLength: 5 }), { maxLength: 8 }),
    fc.array(questionArbitrary, { minLength: 1, maxLength: 10 }),
    async (batches, questions) => {
      const harness = await makeHarness();
      try {
        const written = await writeAll(harness.store, batches);
        for (const question of questions) await compare(harness.store, written, question);
      } finally {
        await harness.dispose();
      }
    },
  );

  it(
    'gives the same answers as an array of everything written',
    () => fc.assert(property, runs(60)),
    PROPERTY_TIMEOUT_MS,
  );
}

/** Writes each batch, and sometimes a part of the one before it again. */
async function writeAll(store: TemporalStore, batches: readonly (readonly RandomStep[])[]): Promise<ProjectedChange[]> {
  const script = new Script();
  const written: ProjectedChange[] = [];
  let position = 0n;
  let recordedAt = 0;
  await store.markServing();
  for (const batch of batches) {
    const steps = batch.map(({ stride, pause, documents, tasks, ofDepartment }): Step => {
      position += stride;
      recordedAt += pause;
      return { position, recordedAt, documents, members: { TASK: tasks, 'TASK/D1': ofDepartment } };
    });
    const repeated = written.slice(written.length - (batch.length % 3));
    const fresh = script.all(steps);
    await store.write([...repeated, ...fresh]);
    written.push(...fresh);
    expect(await store.watermark()).toEqual(lastPoint(written));
  }
  return written;
}

type Question = typeof questionArbitrary extends fc.Arbitrary<infer T> ? T : never;

async function compare(store: TemporalStore, written: readonly ProjectedChange[], question: Question): Promise<void> {
  const naive = new NaiveStore(written);
  const place = ({ event, offset }: Question['from']): bigint => {
    const position = (written[event % (written.length + 1)]?.change.event.position ?? 0n) + offset;
    return position < 0n ? 0n : position;
  };
  const at = place(question.to);
  const range = { after: place(question.from), upTo: at, ...question.range };

  expect(await store.versions(DOCUMENTS.map(keyOf), at)).toEqual(naive.versions(at));
  for (const code of DOCUMENTS) expect(await store.walk(keyOf(code), range)).toEqual(naive.walk(code, range));
  for (const collection of COLLECTIONS) {
    expect(await store.members(collection, at, question.page)).toEqual(naive.members(collection, at, question.page));
  }
  expect(await store.changes(range)).toEqual(naive.changes(range));
  expect(await store.pointAt({ position: at })).toEqual(naive.cutAtPosition(at));
  expect(await store.pointAt({ time: question.time })).toEqual(naive.cutAtTime(question.time));
}
