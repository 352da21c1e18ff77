import { RETRY_AFTER_S } from '../../http/failures';
import { RETRYABLE } from '../../http/problem';
import { ErrorCode, STATUSES } from '../../http/statuses';
import { FormattedResult } from './reply';

export const OUTAGE_STATUS = STATUSES.UNAVAILABLE.graphql;
export const RETRY_AFTER = String(RETRY_AFTER_S);

/** Whether an outage has kept all of an operation from being answered. The same operation may succeed later. */
export function isOutage({ data, errors = [] }: FormattedResult): boolean {
  const isOut = errors.length > 0 && errors.every(({ extensions }) => RETRYABLE.has(extensions?.code as ErrorCode));
  return isOut && hasNoValue(data);
}

function hasNoValue(answered: unknown): boolean {
  if (answered === null || answered === undefined) return true;
  return typeof answered === 'object' && !Array.isArray(answered) && Object.values(answered).every(hasNoValue);
}
