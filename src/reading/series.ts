import { awaitedLater } from '../kernel/async';
import { MOST_POINTS, SERIES_LIMITS } from '../kernel/limits';
import { limitExceeded, unwrap } from '../kernel/refusal';
import { CalendarStep, Instant } from '../kernel/time';
import { Loaded, Reading, Scope } from './scope';
import { longWork } from '../kernel/turns';

export const CLOCKS = ['EFFECTIVE', 'KNOWN'] as const;
export type ClockName = (typeof CLOCKS)[number];

export interface SeriesRequest {
  /** Inclusive. */
  readonly from: Instant;
  /** Inclusive. */
  readonly to: Instant;
  readonly step: CalendarStep;
  readonly clock: ClockName;
}

export interface Point<View> {
  readonly at: Instant;
  readonly view: View;
}

/** The entity at the end of each step. Refusals, as `Refused`: LIMIT_EXCEEDED. */
export async function seriesOf<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  loaded: Loaded<View>,
  request: SeriesRequest,
): Promise<readonly Point<View>[]> {
  await longWork.turn(scope.services.work);
  const isKnown = request.clock === 'KNOWN';
  const ends = endsOf(scope, request, isKnown ? scope.knownUntil : scope.effectiveAt);
  if (!isKnown) {
    const record = await scope.record(reading, loaded);
    const points: Point<View>[] = [];
    for await (const at of longWork.each(ends, scope.services.work))
      points.push({ at, view: reading.view(record, at) });
    return points;
  }
  scope.readHistory('series', loaded);
  const points: Promise<{ readonly at: Instant; readonly loaded: Loaded<View> | undefined }>[] = [];
  for await (const at of longWork.each(ends, scope.services.work)) {
    const known = knownAt(scope, reading, loaded, at).then((then) => ({ at, loaded: then }));
    void awaitedLater(known);
    points.push(known);
  }
  return (await Promise.all(points)).flatMap(({ at, loaded: then }) =>
    then === undefined ? [] : [{ at, view: then.view }],
  );
}

function endsOf(scope: Scope, { from, to, step }: SeriesRequest, bound: Instant = Infinity): readonly Instant[] {
  const { calendar } = scope.services;
  const most = MOST_POINTS[step];
  const ends = calendar.stepEnds(step, from, Math.min(to, bound), most);
  return ends ?? unwrap(limitExceeded(SERIES_LIMITS[step], `A series by ${step} has at most ${most} points`));
}

async function knownAt<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  { entity }: Loaded<View>,
  time: Instant,
): Promise<Loaded<View> | undefined> {
  const point = await scope.services.store.pointAt({ time });
  // `point` may be after the snapshot: other events can have the same time, and `time` can be later than the snapshot.
  const then = point.position > scope.position ? scope : scope.at(point);
  return then.entity(reading, entity.code);
}
