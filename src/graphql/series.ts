import { choice } from '../input/choice';
import { oneOf, orDefault, timeOfFact, upperBound } from '../input/fields';
import { refuseReversed } from '../input/ranges';
import { CALENDAR_STEPS } from '../kernel/time';
import { CLOCKS } from '../reading/series';
import { ArgumentsOf, fieldArguments } from './field-arguments';

const SeriesSteps = choice('SeriesStep', CALENDAR_STEPS, "步长。Steps of a series, in the ledger's time zone.", {
  DAY: '日。A day, from 00:00.',
  WEEK: '周。A week, from Monday.',
  MONTH: '月。A calendar month.',
  QUARTER: '季度。A calendar quarter: from January, April, July or October.',
});
const Clocks = choice('Clock', CLOCKS, '时钟。Which of the two clocks advances along a series.', {
  EFFECTIVE: '生效时钟。When facts are true in the world. The known moment stays that of the snapshot.',
  KNOWN: '知悉时钟。When facts were recorded. The effective moment stays that of the snapshot.',
});

export const SERIES_DESCRIPTION =
  "序列。For charts: one point at the end of each step in the ledger's time zone; the last step ends at `to`. EFFECTIVE: effectiveAt is the end of the step, and the known moment is that of the snapshot. KNOWN: knownAt is the end of the step, and effectiveAt is that of the snapshot. There is no point after the snapshot's own moments, and none before the entity was known. At most 1,000 days or weeks, 240 months or 80 quarters: LIMIT_EXCEEDED.";

export const SeriesArguments = fieldArguments(
  {
    from: timeOfFact('起始时间。A moment in the first step; a date means its 00:00.'),
    to: upperBound('截止时间。Inclusive; a date means its end.'),
    step: oneOf(SeriesSteps, '步长。One point for each step.'),
    clock: orDefault(oneOf(Clocks, '时钟。Which clock advances along the series.'), 'EFFECTIVE'),
  },
  refuseReversed('from', 'to'),
);
export type SeriesArgs = ArgumentsOf<typeof SeriesArguments>;
