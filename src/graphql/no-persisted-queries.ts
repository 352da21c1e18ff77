import { ApolloServerPlugin } from '@apollo/server';

/** Clients compare the message with this one, and then send the document. */
export const PERSISTED_QUERY_NOT_SUPPORTED = 'PersistedQueryNotSupported';

/** Runs the document of a request that also names it by its hash. A hash alone is refused with 400. */
export const noPersistedQueries: ApolloServerPlugin = {
  requestDidStart: ({ request }) => {
    if (request.query) request.extensions = { ...request.extensions, persistedQuery: undefined };
    return Promise.resolve({
      didEncounterErrors: ({ errors }) => {
        for (const { message, extensions } of errors)
          if (message === PERSISTED_QUERY_NOT_SUPPORTED) Object.assign(extensions, { http: { status: 400 } });
        return Promise.resolve();
      },
    });
  },
};
