import { StreamNames } from '../../src/event-store/streams';

/** The ledger's streams, for tests that need no feature. */
export const testStreams = new StreamNames(
  new Map([
    ['DEPARTMENT', 'department'],
    ['BUDGET', 'budget'],
    ['TASK', 'task'],
    ['INDICATOR', 'indicator'],
    ['EVALUATION', 'evaluation'],
    ['PROPOSAL', 'proposal'],
    ['SCORING_TEMPLATE', 'template'],
  ]),
);
