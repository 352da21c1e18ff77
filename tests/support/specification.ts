import { Decider } from '../../src/command-handling/decider';
import { StoredEvent } from '../../src/event-store/envelope';
import { EntityName } from '../../src/kernel/codes';
import { JsonObject } from '../../src/kernel/json';
import { Refusal } from '../../src/kernel/refusal';
import { formatInstant } from '../../src/kernel/time';
import { calendar, day } from './day';
import { aMetadata } from './events';

export { calendar, day };

/**
 * The short form of an event in a test: what it is, and the day or instant from which on it is true. Its id is `event-0` for
 * the first event of a history, and so on.
 */
export interface DatedFact {
  readonly type: string;
  readonly data: object;
  readonly on: string;
  /** The `sub` of the person that recorded it; left out: `u-1`. */
  readonly by?: string;
}

/** The facts as events of the log, at consecutive positions from 100 on. */
export const logged = (facts: readonly DatedFact[]): StoredEvent[] =>
  facts.map(({ type, data, on, by = 'u-1' }, index) => ({
    id: `event-${index}`,
    type,
    data: data as JsonObject,
    metadata: aMetadata({ effectiveAt: formatInstant(day(on)), actor: { sub: by } }),
    stream: 'mingjian-a-stream',
    revision: BigInt(index),
    position: BigInt(100 + index),
    storedAt: 0,
  }));

export interface Moment {
  /** The day on which the command arrives. */
  readonly today?: string;
  /** The effective date of the fact; left out: today. */
  readonly on?: string;
  readonly existing?: readonly EntityName[];
  /** The records of other entities of the kind, by code. */
  readonly others?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  /** Who sends the command; left out: `u-2`. */
  readonly actor?: string;
}

/** What a command does, given a history and a moment. */
export function specificationOf<State, Command>(
  decider: Decider<State, Command>,
  usual: Required<Pick<Moment, 'today' | 'existing'>>,
) {
  const recordOf = (...facts: DatedFact[]): State => {
    let record: State | undefined;
    for (const event of logged(facts)) record = decider.evolve(record, event);
    if (record === undefined) throw new Error('A history needs at least one fact');
    return record;
  };

  const given = (...facts: DatedFact[]) => ({
    when: (command: Command, moment: Moment = {}) => {
      const { today = usual.today, existing = usual.existing, on = today, reason } = moment;
      const result = decider.decide(facts.length === 0 ? undefined : recordOf(...facts), command, {
        effectiveAt: day(on),
        now: day(today),
        reason,
        actor: moment.actor ?? 'u-2',
        calendar,
        recordOf: (code) => moment.others?.[code] as State | undefined,
        exists: (asked) => existing.some((one) => one.entityType === asked.entityType && one.code === asked.code),
      });
      return {
        then: (type: string, data: object) => {
          expect(result).toEqual({ ok: true, value: [{ type, data }] });
        },
        thenRefused: (refusal: Partial<Refusal>) => {
          expect(result).toMatchObject({ ok: false, refusal });
        },
      };
    },
  });

  return { recordOf, given };
}
