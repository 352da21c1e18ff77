import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import {
  DocumentNode,
  execute,
  ExecutionArgs,
  ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { andThen, Awaitable } from '../kernel/async';
import { isCompilable } from './compilable';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue' | 'rootValue'
>;

/**
 * Executes operations as compiled functions, one for each that is kept by who asks. graphql-js remains the reference:
 * it executes mutations, what does not compile or would be long in compiling, and what is given variables that either of them
 * refuses, so that errors are the ones that it gives. Of a subscription it makes one item, from its root value.
 */
export class CompiledExecution {
  /** undefined for an operation that is not compiled. */
  private readonly queries = new WeakMap<OperationDefinitionNode, CompiledQuery | undefined>();

  constructor(private readonly schema: GraphQLSchema) {}

  execute(args: Execution): Awaitable<ExecutionResult> {
    const query = this.queryOf(args);
    if (query === undefined) return execute({ schema: this.schema, ...args });
    const executed = query.query(args.rootValue, args.contextValue, args.variableValues) as Awaitable<ExecutionResult>;
    return andThen(executed, (result) =>
      cameToNothing(result) ? execute({ schema: this.schema, ...args }) : withExtensions(result),
    );
  }

  private queryOf({ document, operationName, variableValues }: Execution): CompiledQuery | undefined {
    const operation = getOperationAST(document, operationName);
    if (!operation || this.refuses(operation, variableValues)) return undefined;
    if (!this.queries.has(operation)) this.queries.set(operation, this.compile(document, operation));
    return this.queries.get(operation);
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | undefined {
    // Of several mutations, graphql-js makes none after one that failed; graphql-jit goes on, and the answer is null all the same.
    if (operation.operation === OperationTypeNode.MUTATION) return undefined;
    if (!isCompilable(this.schema, document, operation)) return undefined;
    const query = compileQuery(this.schema, document, operation.name?.value);
    return isCompiledQuery(query) ? query : undefined;
  }

  /** graphql-jit, which reads variables by itself, would take a list for an input object. */
  private refuses({ variableDefinitions = [] }: OperationDefinitionNode, values: Execution['variableValues']): boolean {
    if (variableDefinitions.length === 0) return false;
    return getVariableValues(this.schema, variableDefinitions, values ?? {}, { maxErrors: 1 }).errors !== undefined;
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

/** graphql-jit answers without `data` where it refuses variables, and there alone: before a resolver ran. */
const cameToNothing = ({ data, errors }: ExecutionResult): boolean => data === undefined && errors !== undefined;
