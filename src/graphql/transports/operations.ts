import {
  createSourceEventStream,
  ExecutionResult,
  GraphQLError,
  GraphQLSchema,
  locatedError,
  OperationTypeNode,
} from 'graphql';
import { FeedItem } from '../../change-feed/feed';
import { CallerPoints, ITEM_POINTS } from '../../http/caller-points';
import { OngoingOperation } from '../../http/ongoing-operation';
import { HttpRefusal } from '../../http/refusal';
import { andThen, Awaitable, ClosableIterator, mapIterator } from '../../kernel/async';
import { Turns } from '../../kernel/turns';
import { FormatError } from '../errors';
import { responseNamesOf } from '../execution/compiled/selection';
import { Guard } from '../execution/guard';
import { Answer, MeteredExecution, MeteredRequest } from '../execution/metered-execution';
import { Metered } from '../execution/metered-lists';
import { documentOf, GuardedRequest } from '../execution/request';
import { selectedPaths } from '../execution/selected-paths';
import { LastingRequest } from '../lasting/answer-keys';
import { LastingExecution } from '../lasting/lasting-execution';
import { conditionalJson } from './answer-json';
import { describe } from './described-operation';
import { Reply } from './reply';
import { reported } from './reported-replies';
import { SharedReplies } from './shared-replies';

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly execution: MeteredExecution;
  /** Executes what may have been asked before; undefined if no answer may be kept. */
  readonly lasting?: LastingExecution;
  readonly guard: Guard;
  readonly format: FormatError;
}

/** Runs the operations of all transports. */
export class Operations {
  private readonly shared = new SharedReplies();
  /** The items of all subscriptions share them. */
  private readonly turns = new Turns();

  constructor(private readonly options: OperationsOptions) {}

  /**
   * One reply for a query or a mutation; a sequence of replies for a subscription. An error is in the last reply. Throws
   * `HttpRefusal` if a guard refuses the request for its HTTP.
   */
  async run(
    request: GuardedRequest,
    contextValue: Metered,
    ongoing: OngoingOperation,
  ): Promise<Reply | ClosableIterator<Reply>> {
    try {
      return reported(await this.start(request, contextValue, ongoing), ongoing);
    } catch (error) {
      if (!(error instanceof HttpRefusal)) return reported(this.failure(error), ongoing);
      ongoing.failed(error.code);
      ongoing.end();
      throw error;
    }
  }

  /** Executes a query or a mutation that the guards have passed. */
  execute(request: MeteredRequest, { conditional }: OngoingOperation): Awaitable<Answer> {
    const { execution, lasting } = this.options;
    if (lasting === undefined) return execution.execute(request);
    // `MakeContext` makes the context of a reading request.
    return lasting.execute(request as LastingRequest, conditional);
  }

  failure(error: unknown): Reply {
    return this.reply({ errors: [locatedError(error, undefined)] });
  }

  private async start(
    request: GuardedRequest,
    contextValue: Metered,
    ongoing: OngoingOperation,
  ): Promise<Reply | ClosableIterator<Reply>> {
    const { schema, execution, guard } = this.options;
    const errors = guard(request);
    describe(ongoing, request, errors.length === 0);
    if (errors.length > 0) return this.reply({ errors });
    const document = documentOf(request);
    const { operation, operationName } = request;
    if (operation === undefined) throw new Error('The guards have passed a request without an operation');
    const variableValues = request.variables ?? {};
    const args = { document, operationName, variableValues, contextValue };
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      ongoing.cost = () => contextValue.work.cost;
      return this.reply(await this.execute(args, ongoing), { conditional: ongoing.conditional });
    }
    const [rootName] = responseNamesOf(schema, document, operation);
    if (rootName === undefined) return this.reply({ errors: [badRequest('The subscription selects nothing')] });
    const source = await createSourceEventStream({ schema, ...args });
    contextValue.recordReads?.(() => selectedPaths(document, operationName));
    if (!(Symbol.asyncIterator in source)) return this.reply(source);
    const selection = this.shared.selectionOf(document, operation, variableValues, contextValue.sight);
    const replyTo = (item: FeedItem): Awaitable<Reply> =>
      this.shared.once(item, selection, () => {
        contextValue.work.restart();
        // Subscribers share replies, so a reply does not say what it cost.
        return andThen(execution.execute({ ...args, rootValue: item }), ({ data, errors, dataText }) =>
          this.reply(
            { data, errors, dataText },
            { position: item.kind === 'CHANGE' ? item.change.event.position : item.position },
          ),
        );
      });
    const { points } = contextValue;
    const items = source as ClosableIterator<FeedItem>;
    return this.replies(points === undefined ? items : limited(items, points), rootName, replyTo);
  }

  /** If the source throws, the last reply is that error. */
  private replies(
    items: ClosableIterator<FeedItem>,
    rootName: string,
    replyTo: (item: FeedItem) => Awaitable<Reply>,
  ): ClosableIterator<Reply> {
    type Step = IteratorResult<FeedItem | BrokenOff, void>;
    const brokenOff = (error: unknown): Step => {
      const errors = [locatedError(error, undefined, [rootName])];
      return { done: false, value: new BrokenOff(this.reply({ errors })) };
    };
    const taken = (): Awaitable<Step> => {
      try {
        const step = items.next();
        return step instanceof Promise ? step.catch(brokenOff) : step;
      } catch (error) {
        return brokenOff(error);
      }
    };
    const next = (): Awaitable<Step> => andThen(this.turns.pass(), taken);
    return mapIterator({ next, return: () => items.return(), throw: (error) => items.throw(error) }, (item) =>
      item instanceof BrokenOff ? item.reply : replyTo(item),
    );
  }

  private reply(
    { data, errors, extensions, dataText }: ExecutionResult & Pick<Answer, 'dataText'>,
    { position, conditional }: Pick<Reply, 'position'> & Partial<Pick<OngoingOperation, 'conditional'>> = {},
  ): Reply {
    const formatted = errors?.map((error) => this.options.format(error.toJSON(), error));
    const result = {
      ...(data === undefined ? {} : { data }),
      ...(formatted === undefined ? {} : { errors: formatted }),
      ...(extensions === undefined ? {} : { extensions }),
    };
    return { result, text: conditionalJson(result, dataText, conditional), position };
  }
}

/** Ends with a refusal when the caller has no points left for the next change. */
function limited(items: ClosableIterator<FeedItem>, points: CallerPoints): ClosableIterator<FeedItem> {
  const refused = async (error: unknown): Promise<never> => {
    await items.return();
    throw error;
  };
  return mapIterator(items, (item): Awaitable<FeedItem> =>
    item.kind === 'CHANGE' ? points.take(ITEM_POINTS).then(() => item, refused) : item,
  );
}

class BrokenOff {
  constructor(readonly reply: Reply) {}
}

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
