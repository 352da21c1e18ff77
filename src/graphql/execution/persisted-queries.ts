import { HttpRefusal } from '../../http/refusal';
import { Guard, PASSED } from './guard';
import { namesDocument } from './request';

/** Clients compare the message with this one, and then send the document. */
const PERSISTED_QUERY_NOT_SUPPORTED = 'PersistedQueryNotSupported';

/** Refuses a request that names its document only by a hash. A hash beside a document is ignored. */
export const refusePersistedQuery: Guard = (request) => {
  if (!request.query && namesDocument(request)) throw new HttpRefusal('BAD_USER_INPUT', PERSISTED_QUERY_NOT_SUPPORTED);
  return PASSED;
};
