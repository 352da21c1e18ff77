import { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';

/** Refuses subscriptions over plain HTTP, which has one answer a request. */
export const noSubscriptions: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) =>
        operation?.operation === OperationTypeNode.SUBSCRIPTION ? Promise.reject(refusal()) : Promise.resolve(),
    }),
};

const refusal = (): GraphQLError =>
  new GraphQLError('A subscription is asked for over WebSocket, or at /graphql/stream', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
