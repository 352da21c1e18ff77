import type { FastifyRequest } from 'fastify';
import { HTTP_GET, HTTP_POST } from '../execution/operation-kinds';
import { GuardedRequest, isJsonObject, namesDocument, Variables } from '../execution/request';

/**
 * The operation that an HTTP request asks for, if the request is written as GraphQL over HTTP says. undefined for any other: Apollo Server
 * tells its sender what is wrong.
 */
export function ordinaryRequest({ method, url, headers, body }: FastifyRequest): GuardedRequest | undefined {
  if (method !== 'GET') return inBody(body);
  return headers['content-type'] === undefined ? inAddress(url) : undefined;
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function inBody(body: unknown): GuardedRequest | undefined {
  if (!isJsonObject(body)) return undefined;
  const { query, operationName, variables, extensions, documentId } = body;
  if (!isAbsent(query) && typeof query !== 'string') return undefined;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return undefined;
  if (!isAbsent(variables) && !isJsonObject(variables)) return undefined;
  if (!isAbsent(extensions) && !isJsonObject(extensions)) return undefined;
  return ofOneDocument({
    query: query ?? undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
    documentId,
    kinds: HTTP_POST,
  });
}

/** The address has each part at most once, variables and extensions as JSON. */
function inAddress(url: string): GuardedRequest | undefined {
  const { searchParams } = new URL(url, 'http://localhost');
  const parts = PARTS.map((name) => searchParams.getAll(name));
  if (parts.some(({ length }) => length > 1)) return undefined;
  const [query, operationName, variables, extensions, documentId] = parts.map(([value]) => value);
  const [variableValues, known] = [recordIn(variables), recordIn(extensions)];
  if (variableValues === null || known === null) return undefined;
  return ofOneDocument({
    query,
    operationName,
    variables: variableValues,
    extensions: known,
    documentId,
    kinds: HTTP_GET,
  });
}

const PARTS = ['query', 'operationName', 'variables', 'extensions', 'documentId'] as const;

/** null if the text is no JSON object. */
function recordIn(text: string | undefined): Variables | undefined | null {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

const ofOneDocument = (request: GuardedRequest): GuardedRequest | undefined =>
  request.query || namesDocument(request) ? request : undefined;
