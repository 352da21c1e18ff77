import { HttpRefusal } from '../../http/refusal';
import { Guard, PASSED } from './guard';

/** Clients compare the message with this one, and then send the document. */
const PERSISTED_QUERY_NOT_SUPPORTED = 'PersistedQueryNotSupported';

/** Refuses a request that names its document only by a hash. A hash beside a document is ignored. */
export const refusePersistedQuery: Guard = ({ query, extensions }) => {
  if (!query && extensions?.persistedQuery) throw new HttpRefusal('BAD_USER_INPUT', PERSISTED_QUERY_NOT_SUPPORTED);
  return PASSED;
};
