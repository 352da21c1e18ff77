import { ErrorCode, STATUSES } from '../../http/statuses';
import { FormattedResult } from './reply';

const OK = 200;

/** The status of an answer. An operation that was executed has data, or null in their place; a request that was refused has errors only. */
export const statusOf = ({ data, errors }: FormattedResult): number =>
  data === undefined ? STATUSES[errors?.[0]?.extensions?.code as ErrorCode].graphql : OK;
