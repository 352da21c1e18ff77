import { GraphQLError, Kind } from 'graphql';
import { Guard, PASSED } from './guard';
import { documentOf } from './request';

/** Refuses a request if its document does not have the operation that it asks for. The messages are those of graphql-js. */
export const requireOperation: Guard = (request) => {
  const { operation, operationName } = request;
  if (operation !== undefined) return PASSED;
  if (typeof operationName === 'string') return [badRequest(`Unknown operation named "${operationName}".`)];
  const isEmpty = documentOf(request).definitions.every(({ kind }) => kind !== Kind.OPERATION_DEFINITION);
  return [
    badRequest(
      isEmpty ? 'Must provide an operation.' : 'Must provide operation name if query contains multiple operations.',
    ),
  ];
};

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
