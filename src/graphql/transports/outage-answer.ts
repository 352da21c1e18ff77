import { ApolloServerPlugin } from '@apollo/server';
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

/** Has Apollo Server answer an outage with its status. */
export const apolloOutages: ApolloServerPlugin = {
  requestDidStart: () => Promise.resolve(LISTENER),
};

const LISTENER: Awaited<ReturnType<NonNullable<ApolloServerPlugin['requestDidStart']>>> = {
  willSendResponse({ response: { body, http } }) {
    if (body.kind === 'single' && isOutage(body.singleResult)) {
      http.status = OUTAGE_STATUS;
      http.headers.set('retry-after', RETRY_AFTER);
    }
    return Promise.resolve();
  },
};
