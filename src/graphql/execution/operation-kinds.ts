import { OperationTypeNode } from 'graphql';
import { HttpRefusal } from '../../http/refusal';
import { Guard, PASSED } from './guard';
import { OperationKinds } from './request';

const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;
const BY_POST = { allow: 'POST' };

const kinds = (taken: readonly OperationTypeNode[], refusal: OperationKinds['refusal']): OperationKinds => ({
  taken: new Set(taken),
  refusal,
});

/** One answer for each request, and nothing changes by GET. */
export const HTTP_POST = kinds(
  [QUERY, MUTATION],
  () => new HttpRefusal('BAD_USER_INPUT', 'A subscription is asked for over WebSocket, or at /graphql/stream'),
);
export const HTTP_GET = kinds(
  [QUERY],
  (kind) =>
    new HttpRefusal(
      'METHOD_NOT_ALLOWED',
      `GET requests only support query operations, not ${kind} operations`,
      BY_POST,
    ),
);
export const STREAM_GET = kinds(
  [QUERY, SUBSCRIPTION],
  () => new HttpRefusal('METHOD_NOT_ALLOWED', 'A mutation is sent by POST', BY_POST),
);
export const EVERY_KIND = kinds([QUERY, MUTATION, SUBSCRIPTION], () => {
  throw new Error('Every kind of operation is taken');
});

export const requireKind: Guard = ({ operation, kinds }) => {
  if (operation !== undefined && !kinds.taken.has(operation.operation)) throw kinds.refusal(operation.operation);
  return PASSED;
};
