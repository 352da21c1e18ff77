import { DocumentNode, getOperationAST, GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { cut } from '../../kernel/echo';
import { NO_TELEMETRY, Signal } from '../../kernel/telemetry';
import { limitError } from '../errors';
import { sizeProblem } from './document-size';
import { Guard, PASSED } from './guard';

const HIT: Signal = { kind: 'cache-asked', cache: 'documents', found: true };
const MISS: Signal = { kind: 'cache-asked', cache: 'documents', found: false };

type Parsed = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** How many characters the documents have that are kept parsed. A document without spaces takes about 115 bytes for each: together 30 MB. */
export const KEPT_LENGTH = 260_000;

/** Documents that were parsed. All transports share them; guards keep what they know of a document by the parsed one. */
export class ParsedDocuments {
  private readonly known = new LRUCache<string, Parsed>({
    maxSize: KEPT_LENGTH,
    sizeCalculation: (_, query) => query.length + 1,
  });

  constructor(
    private readonly maxTokens: number,
    private readonly telemetry = NO_TELEMETRY,
  ) {}

  has(query: string): boolean {
    return this.known.has(query);
  }

  /** Parses the document unless it is parsed already. */
  get(query: string): Parsed {
    let parsed = this.known.get(query);
    this.telemetry.report(parsed === undefined ? MISS : HIT);
    if (parsed === undefined) this.known.set(query, (parsed = parsedWithin(this.maxTokens, query)));
    return parsed;
  }
}

/** Refuses a document that is not written in GraphQL. */
export const requireDocument =
  (documents: ParsedDocuments): Guard =>
  (request) => {
    const { query = '', operationName } = request;
    if (request.document === undefined) {
      const parsed = documents.get(query);
      if ('errors' in parsed) return parsed.errors;
      request.document = parsed.document;
    }
    request.operation = getOperationAST(request.document, operationName) ?? undefined;
    return PASSED;
  };

function parsedWithin(maxTokens: number, query: string): Parsed {
  try {
    return { document: parse(query, { maxLexicalTokens: maxTokens }) };
  } catch (error) {
    const problem = sizeProblem(error, query, maxTokens);
    if (problem !== undefined) return { errors: [limitError('maxTokens', problem)] };
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [asBadInput(error)] };
  }
}

const asBadInput = ({ message, nodes, source, positions, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError(cut(message), { nodes, source, positions, extensions: { ...extensions, code: 'BAD_USER_INPUT' } });
