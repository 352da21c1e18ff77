import { RawAnswer, sendRaw } from './raw-request';

export interface GetRequest {
  readonly query?: string;
  readonly documentId?: string;
  readonly variables?: object;
  readonly operationName?: string;
}

/** The address of a question to /graphql by GET. */
export const addressOf = ({ variables, ...texts }: GetRequest): string => {
  const parameters = new URLSearchParams(texts);
  if (variables !== undefined) parameters.set('variables', JSON.stringify(variables));
  return `/graphql?${parameters.toString()}`;
};

/** Asks by GET as a cache does, which may know an entity tag. */
export const conditionalGet = (
  url: string,
  token: string,
  request: GetRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> =>
  sendRaw(url, { path: addressOf(request), headers: { authorization: `Bearer ${token}`, ...headers } });

export const tagOf = ({ headers }: RawAnswer): string | undefined => headers.etag;
