import { ApolloServerPlugin, GraphQLRequest, GraphQLResponse, HeaderMap, HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLFormattedError, parse } from 'graphql';
import { HttpRefusal } from '../../http/refusal';
import { FormatError } from '../errors';
import { Guard } from '../execution/guard';
import { HTTP_GET, HTTP_POST } from '../execution/operation-kinds';
import { GuardedRequest, namesDocument, OperationRequest } from '../execution/request';
import { statusOf } from './answer-status';
import { operationOf } from './context-operation';
import { describe, noteErrors } from './described-operation';

/** Apollo gets this in place of the document of a refused request. It is not executed. */
const REFUSED_DOCUMENT = parse('{ __typename }');
const NO_LISTENER = Promise.resolve();

/** Has Apollo Server run the guards, with the document that they have parsed, and answer what they refuse. */
export const apolloGuard = (guard: Guard, format: FormatError): ApolloServerPlugin => ({
  requestDidStart(context) {
    const { request, contextValue } = context;
    const guarded = guardedRequest(request, contextValue);
    const ongoing = operationOf(contextValue);
    // Apollo itself refuses a request that has neither.
    if (!guarded.query && !namesDocument(guarded)) return NO_LISTENER;
    const response = refusalOf(guarded, guard, format);
    request.query = undefined;
    request.extensions = PERSISTED;
    Object.assign(context, { document: response === undefined ? guarded.document : REFUSED_DOCUMENT });
    describe(ongoing, guarded, response === undefined);
    if (response === undefined) return NO_LISTENER;
    if (response.body.kind === 'single') noteErrors(ongoing, response.body.singleResult.errors);
    return Promise.resolve({ responseForOperation: () => Promise.resolve(response) });
  },
});

/**
 * Apollo Server would hash the text of each document, which takes longer than most answers. Of a persisted query it takes the hash from the
 * request, and the text from a cache. It only passes both on to plugins.
 */
export const PERSISTED_QUERIES = {
  cache: {
    get: () => Promise.resolve('# The guards have parsed the document.'),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  },
};
const PERSISTED = { persistedQuery: { version: 1, sha256Hash: '-' } };

const guardedRequest = (
  { query, operationName, variables, extensions, http }: GraphQLRequest,
  { principal }: Pick<GuardedRequest, 'principal'>,
): GuardedRequest => ({
  principal,
  query,
  operationName,
  variables,
  extensions,
  documentId: http && documentIdOf(http),
  kinds: http?.method === 'GET' ? HTTP_GET : HTTP_POST,
});

/** Apollo does not read it. */
function documentIdOf({ method, body, search }: HTTPGraphQLRequest): unknown {
  if (method === 'GET')
    return search.includes('documentId') ? new URLSearchParams(search).get('documentId') : undefined;
  return (body as OperationRequest | undefined)?.documentId;
}

/** undefined if the request may be executed. */
function refusalOf(request: GuardedRequest, guard: Guard, format: FormatError): GraphQLResponse | undefined {
  try {
    const errors = guard(request);
    return errors.length === 0 ? undefined : responseOf(errors.map((error) => format(error.toJSON(), error)));
  } catch (error) {
    const formatted = format({ message: '' }, error);
    return error instanceof HttpRefusal
      ? responseOf([formatted], error.status, error.headers)
      : responseOf([formatted]);
  }
}

const responseOf = (
  errors: readonly GraphQLFormattedError[],
  status = statusOf({ errors }),
  headers: Readonly<Record<string, string>> = {},
): GraphQLResponse => ({
  http: { status, headers: new HeaderMap(Object.entries(headers)) },
  body: { kind: 'single', singleResult: { errors } },
});
