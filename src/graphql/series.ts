import { ArgsType, Field } from 'type-graphql';
import { MOST_POINTS, SERIES_LIMITS } from '../kernel/limits';
import { CALENDAR_STEPS, CalendarStep, Instant } from '../kernel/time';
import { enumType } from './enums';
import { limitExceeded, unwrap } from './errors';
import { rangeOf } from '../reading/moment-bounds';
import { MomentScalar } from './scalars';
import { Loaded, Reading, Scope } from '../reading/scope';
import { IsMoment } from './validation';

const CLOCKS = ['EFFECTIVE', 'KNOWN'] as const;
type ClockName = (typeof CLOCKS)[number];

const SeriesStepEnum = enumType('SeriesStep', CALENDAR_STEPS, "步长。Steps of a series, in the ledger's time zone.", {
  DAY: '日。A day, from 00:00.',
  WEEK: '周。A week, from Monday.',
  MONTH: '月。A calendar month.',
  QUARTER: '季度。A calendar quarter: from January, April, July or October.',
});
const ClockEnum = enumType('Clock', CLOCKS, '时钟。Which of the two moments runs along a series.', {
  EFFECTIVE: '生效时钟。When facts are true in the world; the record is that of the snapshot.',
  KNOWN: '知悉时钟。When facts were recorded; the effective bound is that of the snapshot.',
});

export const SERIES_DESCRIPTION =
  "序列。For charts: at the end of each step, the last one cut at `to`, in the ledger's time zone. EFFECTIVE: the snapshot's record, with effectiveAt there. KNOWN: knownAt there, with the snapshot's effectiveAt. No point lies after the snapshot's own bounds, or where the entity was not known yet. At most 1,000 days or weeks, 240 months or 80 quarters: LIMIT_EXCEEDED.";

@ArgsType()
export class SeriesArgs {
  @IsMoment()
  @Field(() => MomentScalar, { description: '起始时间。In the first step; a date means its 00:00.' })
  from!: string;

  @IsMoment()
  @Field(() => MomentScalar, { description: '截止时间。Inclusive; a date means its end.' })
  to!: string;

  @Field(() => SeriesStepEnum, { description: '步长。One point for each step.' })
  step!: CalendarStep;

  @Field(() => ClockEnum, {
    nullable: true,
    defaultValue: 'EFFECTIVE',
    description: '时钟。Which moment runs along the series.',
  })
  clock?: ClockName | null;
}

export interface Point<View> {
  readonly at: Instant;
  readonly view: View;
}

/** What an entity was at the end of each step. */
export async function seriesOf<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  loaded: Loaded<View>,
  args: SeriesArgs,
): Promise<readonly Point<View>[]> {
  const known = args.clock === 'KNOWN';
  const bound = known ? scope.knownUntil : scope.effectiveAt;
  const ends = endsOf(scope, args, bound);
  if (!known) {
    const record = await scope.record(reading, loaded);
    return ends.map((at) => ({ at, view: reading.view(record, at) }));
  }
  const points = await Promise.all(ends.map(async (at) => ({ at, loaded: await knownAt(scope, reading, loaded, at) })));
  return points.flatMap(({ at, loaded: then }) => (then === undefined ? [] : [{ at, view: then.view }]));
}

function endsOf(scope: Scope, { from, to, step }: SeriesArgs, bound: Instant = Infinity): readonly Instant[] {
  const { calendar } = scope.services;
  const range = unwrap(rangeOf(from, to, calendar, { from: 'from', to: 'to' }));
  const [first, last] = [range.from as Instant, range.to as Instant];
  const most = MOST_POINTS[step];
  const ends = calendar.stepEnds(step, first, Math.min(last, bound), most);
  if (ends === undefined) throw limitExceeded(SERIES_LIMITS[step], `A series by ${step} has at most ${most} points`);
  return ends;
}

async function knownAt<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  { entity }: Loaded<View>,
  time: Instant,
): Promise<Loaded<View> | undefined> {
  const point = await scope.services.store.pointAt({ time });
  // The snapshot may end before others of the same time, or of a time that is later than its own.
  const then = point.position > scope.position ? scope : scope.at(point);
  return then.entity(reading, entity.code);
}
