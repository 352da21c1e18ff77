import * as fc from 'fast-check';
import { ChangeFilter } from '../../src/change-feed/filter';
import { Change } from '../../src/read-model/change';
import { ProjectedChange } from '../../src/read-model/temporal-store';
import { aMetadata } from '../support/events';
import { storedEvent } from '../support/change';

/** The parts of a change that a filter can ask for, and the distance of its position from the one before. */
export interface Sketch {
  readonly gap: number;
  readonly department: string;
  readonly entityType: 'DEPARTMENT' | 'TASK';
  readonly code: string;
  readonly type: string;
  readonly actor: string;
}

const DEPARTMENTS = ['D1', 'D2', 'D3'];
const CODES = ['a', 'b', 'c'];
const TYPES = ['TaskPlanned', 'TaskCompleted'];
const ACTORS = ['u-1', 'u-2'];
const ENTITY_TYPES = ['DEPARTMENT', 'TASK'] as const;

export const aSketch: fc.Arbitrary<Sketch> = fc.record({
  gap: fc.integer({ min: 1, max: 3 }),
  department: fc.constantFrom(...DEPARTMENTS),
  entityType: fc.constantFrom(...ENTITY_TYPES),
  code: fc.constantFrom(...CODES),
  type: fc.constantFrom(...TYPES),
  actor: fc.constantFrom(...ACTORS),
});

const some = <T>(values: readonly T[]): fc.Arbitrary<T[] | undefined> =>
  fc.option(fc.array(fc.constantFrom(...values), { maxLength: 3 }), { nil: undefined, freq: 2 });

export const aFilter: fc.Arbitrary<ChangeFilter> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record({
      departments: some(DEPARTMENTS),
      entities: some(CODES),
      types: some(TYPES),
      entityTypes: some(ENTITY_TYPES),
      actors: some(ACTORS),
    }),
  },
);

/** A log that grows, as the read models see it. */
export class GrowingLog {
  readonly changes: Change[] = [];

  get head(): bigint {
    return this.changes.at(-1)?.event.position ?? 0n;
  }

  grow(sketches: readonly Sketch[]): ProjectedChange[] {
    return sketches.map((sketch) => {
      const change = this.follow(sketch);
      this.changes.push(change);
      return { change, documents: [], members: [] };
    });
  }

  private follow({ gap, department, entityType, code, type, actor }: Sketch): Change {
    const count = this.changes.length;
    return {
      event: storedEvent({
        position: this.head + BigInt(gap),
        stream: `mingjian-task-${count}`,
        type,
        metadata: aMetadata({ actor: { sub: actor } }),
      }),
      entity: { entityType, code },
      department,
      sequence: BigInt(count + 1),
      recordedAt: count,
    };
  }
}

export const sketches = (count: number, sketch: Partial<Sketch> = {}): Sketch[] =>
  Array.from({ length: count }, () => ({
    gap: 1,
    department: 'D1',
    entityType: 'TASK',
    code: 'a',
    type: 'TaskPlanned',
    actor: 'u-1',
    ...sketch,
  }));
