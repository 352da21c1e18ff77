import { createHash } from 'node:crypto';
import {
  createSourceEventStream,
  DocumentNode,
  ExecutionResult,
  getOperationAST,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  Kind,
  locatedError,
  OperationDefinitionNode,
  OperationTypeNode,
  parse,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { FeedItem } from '../../change-feed/feed';
import { HttpRefusal } from '../../http/refusal';
import { andThen, Awaitable, ClosableIterator, mapIterator } from '../../kernel/async';
import { Limits } from '../../kernel/limits';
import { CompiledExecution } from '../compiled-execution';
import { responseNamesOf } from '../compiled/selection';
import { errorFormatter, FaultLog, limitExceeded } from '../errors';
import { requireShort, sizeProblem } from '../document-size';
import { RequestChecks } from '../request-checks';
import { Turns } from '../../reading/turns';

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly execution: CompiledExecution;
  readonly checks: RequestChecks;
  readonly limits: Limits;
  readonly log: FaultLog;
}

/** A request of one operation, as WebSocket and SSE carry it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** Changes nothing, as it must not where a mere address is asked for. */
  readonly readOnly?: boolean;
}

/** What is sent: the result, and its text where several readers get the same. */
export interface Reply {
  readonly result: FormattedResult;
  readonly text: string;
  /** Where the feed can be resumed after it. */
  readonly position?: bigint;
}

export interface FormattedResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

type Prepared = { readonly document: DocumentNode } | { readonly error: GraphQLError };

/** Documents are kept parsed and validated, as many as have so many characters. */
const DOCUMENTS_LENGTH = 4 * 1024 * 1024;
/** So many payloads are kept for the next reader of the same: those that keep up are near each other. */
const SHARED = 2_000;
/** A longer text is not kept. */
const LONGEST_SHARED = 16_384;

/**
 * Runs operations that do not come by HTTP alone, under the same limits, and with the same errors. What a subscription's item
 * looks like to a selection is worked out once, however many readers ask for it.
 */
export class Operations {
  private readonly documents = new LRUCache<string, Prepared>({
    maxSize: DOCUMENTS_LENGTH,
    sizeCalculation: (_, query) => query.length + 1,
  });
  private readonly shared = new LRUCache<string, Reply | Promise<Reply>>({ max: SHARED });
  /** The items of all subscriptions share them. */
  private readonly turns = new Turns();
  private readonly keys = new WeakMap<DocumentNode, string>();
  private nextKey = 0;
  private readonly format: ReturnType<typeof errorFormatter>;

  constructor(private readonly options: OperationsOptions) {
    this.format = errorFormatter(options.log);
  }

  /**
   * One payload for a query or a mutation; one after the other for a subscription. What goes wrong is in the last of them. Throws
   * `HttpRefusal` if it is read-only and would change something.
   */
  async run(request: OperationRequest, contextValue: object): Promise<Reply | ClosableIterator<Reply>> {
    try {
      return await this.start(request, contextValue);
    } catch (error) {
      if (error instanceof HttpRefusal) throw error;
      return this.failure(error);
    }
  }

  failure(error: unknown): Reply {
    return this.payload({ errors: [locatedError(error, undefined)] });
  }

  private async start(request: OperationRequest, contextValue: object): Promise<Reply | ClosableIterator<Reply>> {
    const prepared = this.prepare(request.query);
    if ('error' in prepared) return this.payload({ errors: [prepared.error] });
    const { document } = prepared;
    const { schema, execution, checks } = this.options;
    const errors = checks.problems({ ...request, document });
    if (errors.length > 0) return this.payload({ errors });
    const operation = getOperationAST(document, request.operationName);
    if (!operation) return this.payload({ errors: [badRequest('The document does not say which operation is meant')] });
    if (request.readOnly && operation.operation === OperationTypeNode.MUTATION)
      throw new HttpRefusal(405, 'A mutation is sent by POST', { headers: { allow: 'POST' } });
    const args = {
      document,
      operationName: request.operationName,
      variableValues: request.variables ?? {},
      contextValue,
    };
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return this.payload(await execution.execute(args));
    const [rootName] = responseNamesOf(schema, document, operation);
    if (rootName === undefined) return this.payload({ errors: [badRequest('The subscription selects nothing')] });
    const source = await createSourceEventStream({ schema, ...args });
    if (!(Symbol.asyncIterator in source)) return this.payload(source);
    const items = source as ClosableIterator<FeedItem>;
    const key = this.keyOf(document, operation, request);
    const payloadOf = (item: FeedItem): Awaitable<Reply> =>
      this.once(item, key, () =>
        andThen(execution.execute({ ...args, rootValue: item }), (result) => ({
          ...this.payload(result),
          position: item.kind === 'CHANGE' ? item.change.event.position : item.position,
        })),
      );
    // What breaks the feed off is the last that is given: a source that has thrown has ended.
    const next = async (): Promise<IteratorResult<FeedItem | BrokenOff, void>> => {
      const turn = this.turns.pass();
      if (turn !== undefined) await turn;
      try {
        return await items.next();
      } catch (error) {
        const errors = [locatedError(error, undefined, [rootName])];
        return { done: false, value: new BrokenOff(this.payload({ errors })) };
      }
    };
    return mapIterator({ next, return: () => items.return(), throw: (error) => items.throw(error) }, (item) =>
      item instanceof BrokenOff ? item.payload : payloadOf(item),
    );
  }

  private once(item: FeedItem, key: string, make: () => Awaitable<Reply>): Awaitable<Reply> {
    // Marks are each reader's own.
    if (item.kind !== 'CHANGE') return make();
    // The position alone would do, if the log were never put back to an earlier state.
    const { position, id } = item.change.event;
    const place = `${String(position)} ${id} ${key}`;
    const known = this.shared.get(place);
    if (known !== undefined) return known;
    const made = andThen(make(), (payload) => {
      if (payload.text.length > LONGEST_SHARED || payload.result.errors !== undefined) this.shared.delete(place);
      else this.shared.set(place, payload);
      return payload;
    });
    if (made instanceof Promise) this.shared.set(place, made);
    return made;
  }

  /** The same for requests that select the same: their variables count only where they are used below the root field. */
  private keyOf(document: DocumentNode, operation: OperationDefinitionNode, request: OperationRequest): string {
    let key = this.keys.get(document);
    if (key === undefined) this.keys.set(document, (key = String(this.nextKey++)));
    const variables = usesVariablesBelow(document, operation) ? digest(declaredVariables(operation, request)) : '';
    return `${key} ${operation.name?.value ?? ''} ${variables}`;
  }

  private prepare(query: string): Prepared {
    const known = this.documents.get(query);
    if (known !== undefined) return known;
    const prepared = this.parse(query);
    this.documents.set(query, prepared);
    return prepared;
  }

  private parse(query: string): Prepared {
    const { limits } = this.options;
    const { maxTokens } = limits;
    requireShort(query, limits);
    try {
      return { document: parse(query, { maxTokens }) };
    } catch (error) {
      const problem = sizeProblem(error, query, maxTokens);
      if (problem === undefined && !(error instanceof GraphQLError)) throw error;
      return { error: problem === undefined ? asBadInput(error as GraphQLError) : limitExceeded('maxTokens', problem) };
    }
  }

  private payload({ data, errors }: ExecutionResult): Reply {
    const formatted = errors?.map((error) => this.format(error.toJSON(), error));
    const result = {
      ...(data === undefined ? {} : { data }),
      ...(formatted === undefined ? {} : { errors: formatted }),
    };
    return { result, text: JSON.stringify(result) };
  }
}

/** What else a client sends is never looked at. It may nest deeper than can be written. */
const declaredVariables = ({ variableDefinitions = [] }: OperationDefinitionNode, request: OperationRequest): string =>
  JSON.stringify(variableDefinitions.map(({ variable }) => request.variables?.[variable.name.value]));

/** Variables may be as long as a request, and stand in the key of every item. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

class BrokenOff {
  constructor(readonly payload: Reply) {}
}

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

const asBadInput = (error: GraphQLError): GraphQLError =>
  error.extensions.code === undefined
    ? new GraphQLError(error.message, {
        nodes: error.nodes,
        source: error.source,
        positions: error.positions,
        extensions: { code: 'BAD_USER_INPUT' },
      })
    : error;

function usesVariablesBelow(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let found = false;
  const look = { Variable: () => void (found = true) };
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind === Kind.FIELD && selection.selectionSet !== undefined) visit(selection.selectionSet, look);
    else if (selection.kind !== Kind.FIELD) visit(selection, look);
  }
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, look);
  return found;
}
