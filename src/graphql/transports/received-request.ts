import type { FastifyRequest } from 'fastify';
import { isJsonObject, namesDocument, OperationRequest, Variables } from '../execution/request';

/** The operation that an HTTP request asks for. undefined if the request is not written as GraphQL over HTTP says. */
export const receivedRequest = ({ method, url, body }: FastifyRequest): OperationRequest | undefined =>
  method === 'GET' ? inAddress(url) : inBody(body);

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function inBody(body: unknown): OperationRequest | undefined {
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
  });
}

/** The address has each part at most once, variables and extensions as JSON. */
function inAddress(url: string): OperationRequest | undefined {
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

const ofOneDocument = (request: OperationRequest): OperationRequest | undefined =>
  request.query || namesDocument(request) ? request : undefined;
