/**
 * The limits that can refuse a request. `Ledger.limits` reports each of them, and `extensions.limit` names the one that was
 * exceeded.
 */
export const LIMIT_NAMES = [
  'maxPageSize',
  'maxDepth',
  'maxComplexity',
  'maxRequestBytes',
  'maxTokens',
  'maxDocumentLength',
  'maxFieldComparisons',
  'maxListItems',
  'maxInputValues',
  'maxScalarLength',
  'maxNameLength',
  'maxTextLength',
  'maxViolations',
  'maxSnapshots',
  'maxSeriesDays',
  'maxSeriesWeeks',
  'maxSeriesMonths',
  'maxSeriesQuarters',
  'maxFeedReaders',
  'maxFeedReadersPerPrincipal',
  'maxAppendBytes',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];
