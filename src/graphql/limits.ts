import { GraphQLError } from 'graphql';
import { LimitName } from '../kernel/limits';
import { CalendarStep } from '../kernel/time';
import { MAX_VIOLATIONS } from '../kernel/violations';

/** What a client can meet the bounds of. The API reports them all (`Ledger.limits`). */
export type Limits = Readonly<Record<LimitName, number>>;

/** How many items a page has if the request does not say. */
export const DEFAULT_PAGE_SIZE = 50;
/** Of how many different snapshots the ids may be that are asked for at once. */
export const MOST_SNAPSHOTS = 10;
/** The points of a series: the days of over two years, the weeks of nearly twenty, the months and quarters of twenty. */
export const MOST_POINTS: Readonly<Record<CalendarStep, number>> = { DAY: 1_000, WEEK: 1_000, MONTH: 240, QUARTER: 80 };
/** The length of a date, a moment, a decimal or a position, as text. */
export const MAX_SCALAR_LENGTH = 128;
export const MAX_NAME_LENGTH = 500;
export const MAX_TEXT_LENGTH = 20_000;

export const DEFAULT_LIMITS: Limits = {
  maxPageSize: 200,
  maxDepth: 12,
  maxComplexity: 50_000,
  maxRequestBytes: 1_048_576,
  maxTokens: 2_500,
  maxDocumentLength: 100_000,
  maxFieldComparisons: 10_000,
  maxListItems: 1_000,
  maxInputValues: 50_000,
  maxScalarLength: MAX_SCALAR_LENGTH,
  maxNameLength: MAX_NAME_LENGTH,
  maxTextLength: MAX_TEXT_LENGTH,
  maxViolations: MAX_VIOLATIONS,
  maxSnapshots: MOST_SNAPSHOTS,
  maxSeriesDays: MOST_POINTS.DAY,
  maxSeriesWeeks: MOST_POINTS.WEEK,
  maxSeriesMonths: MOST_POINTS.MONTH,
  maxSeriesQuarters: MOST_POINTS.QUARTER,
  maxFeedReaders: 5_000,
  maxFeedReadersPerPrincipal: 500,
  // The default of EventStoreDB. The embedded store takes whatever a request can hold.
  maxAppendBytes: 1_048_576,
};

export const SERIES_LIMITS: Readonly<Record<CalendarStep, LimitName>> = {
  DAY: 'maxSeriesDays',
  WEEK: 'maxSeriesWeeks',
  MONTH: 'maxSeriesMonths',
  QUARTER: 'maxSeriesQuarters',
};

/** The name is reported with it, so that no limit can refuse that a client cannot look up. */
export const limitExceeded = (limit: LimitName, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED', limit } });
