import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import {
  DocumentNode,
  execute,
  ExecutionArgs,
  ExecutionResult,
  getOperationAST,
  GraphQLError,
  GraphQLSchema,
  OperationTypeNode,
} from 'graphql';
import { CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { andThen, Awaitable } from '../kernel/async';
import { isCompilable } from './compilable';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** The operations of one document by name; undefined for what does not compile. */
type Operations = Map<string | undefined, CompiledQuery | undefined>;

export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue' | 'rootValue'
>;

/**
 * Executes operations as compiled functions, one for each document that is kept by who asks. graphql-js remains the reference:
 * it executes mutations, what does not compile or would be long in compiling, and what came to nothing before a resolver ran,
 * such as variables of the wrong type, so that errors are the ones that it gives. Of a subscription it makes one item, from
 * its root value.
 */
export class CompiledExecution {
  private readonly compiled = new WeakMap<DocumentNode, Operations>();

  constructor(private readonly schema: GraphQLSchema) {}

  execute(args: Execution): Awaitable<ExecutionResult> {
    const { document, operationName, variableValues, contextValue, rootValue } = args;
    const query = this.queryOf(document, operationName ?? undefined);
    if (query === undefined) return execute({ schema: this.schema, ...args });
    const executed = query.query(rootValue, contextValue, variableValues) as Awaitable<ExecutionResult>;
    return andThen(executed, (result) =>
      cameToNothing(result) ? execute({ schema: this.schema, ...args }) : withExtensions(result),
    );
  }

  private queryOf(document: DocumentNode, operationName: string | undefined): CompiledQuery | undefined {
    let operations = this.compiled.get(document);
    if (operations === undefined) {
      operations = new Map();
      this.compiled.set(document, operations);
    }
    if (!operations.has(operationName)) {
      operations.set(operationName, this.compile(document, operationName));
    }
    return operations.get(operationName);
  }

  private compile(document: DocumentNode, operationName: string | undefined): CompiledQuery | undefined {
    // Of several mutations, graphql-js makes none after one that failed; graphql-jit goes on, and the answer is null all the same.
    if (getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION) return undefined;
    if (!isCompilable(this.schema, document, operationName)) return undefined;
    const query = compileQuery(this.schema, document, operationName);
    return isCompiledQuery(query) ? query : undefined;
  }
}

/** How Apollo Server is told to execute with it. */
export function asGateway(schema: GraphQLSchema, execution: CompiledExecution): Gateway {
  // The name that was asked for: Apollo's own is null where there is no such operation, which would be any.
  const executor: Executor = async ({ document, request: { operationName, variables }, context }) =>
    execution.execute({ document, operationName, variableValues: variables, contextValue: context });
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor }),
    stop: () => Promise.resolve(),
  };
}

/** graphql-jit leaves out the extensions of an error that has none; Apollo takes it that they are there. */
const withExtensions = (result: ExecutionResult): ExecutionResult =>
  result.errors === undefined ? result : { ...result, errors: result.errors.map(extended) };

const extended = (error: GraphQLError): GraphQLError =>
  (error as Partial<GraphQLError>).extensions === undefined
    ? (Object.create(error, { extensions: { value: {}, enumerable: true } }) as GraphQLError)
    : error;

const cameToNothing = ({ data, errors }: ExecutionResult): boolean => data === undefined && errors !== undefined;
