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
  isInputObjectType,
  Kind,
  OperationDefinitionNode,
  OperationTypeNode,
  TypeNode,
  VariableDefinitionNode,
} from 'graphql';
import { CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { andThen, Awaitable } from '../kernel/async';
import { isCompilable } from './compilable';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

interface Compiled {
  readonly query: CompiledQuery;
  /** The variables that graphql-jit would take a list for. */
  readonly inputObjects: readonly VariableDefinitionNode[];
}

export type Execution = Pick<
  ExecutionArgs,
  'document' | 'operationName' | 'variableValues' | 'contextValue' | 'rootValue'
>;

/**
 * Executes operations as compiled functions, which are kept as long as their documents are. graphql-js remains the reference:
 * it executes mutations, what does not compile or would be long in compiling, and what is given variables that either of them
 * refuses, so that errors are the ones that it gives. Of a subscription it makes one item, from its root value.
 */
export class CompiledExecution {
  /** undefined for an operation that is not compiled. */
  private readonly operations = new WeakMap<OperationDefinitionNode, Compiled | undefined>();

  constructor(private readonly schema: GraphQLSchema) {}

  execute(args: Execution): Awaitable<ExecutionResult> {
    const compiled = this.compiledOf(args);
    if (compiled === undefined || this.refuses(compiled.inputObjects, args.variableValues)) {
      return execute({ schema: this.schema, ...args });
    }
    const { rootValue, contextValue, variableValues } = args;
    const executed = compiled.query.query(rootValue, contextValue, variableValues) as Awaitable<ExecutionResult>;
    return andThen(executed, (result) =>
      cameToNothing(result) ? execute({ schema: this.schema, ...args }) : withExtensions(result),
    );
  }

  private compiledOf({ document, operationName }: Execution): Compiled | undefined {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    if (!this.operations.has(operation)) this.operations.set(operation, this.compile(document, operation));
    return this.operations.get(operation);
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode): Compiled | undefined {
    // Of several mutations, graphql-js makes none after one that failed; graphql-jit goes on, and the answer is null all the same.
    if (operation.operation === OperationTypeNode.MUTATION) return undefined;
    if (!isCompilable(this.schema, document, operation)) return undefined;
    const query = compileQuery(this.schema, document, operation.name?.value);
    if (!isCompiledQuery(query)) return undefined;
    const { variableDefinitions = [] } = operation;
    return { query, inputObjects: variableDefinitions.filter(({ type }) => this.isInputObject(type)) };
  }

  private isInputObject(type: TypeNode): boolean {
    return type.kind === Kind.NAMED_TYPE
      ? isInputObjectType(this.schema.getType(type.name.value))
      : this.isInputObject(type.type);
  }

  private refuses(variables: readonly VariableDefinitionNode[], values: Execution['variableValues']): boolean {
    if (variables.length === 0) return false;
    return getVariableValues(this.schema, variables, values ?? {}, { maxErrors: 1 }).errors !== undefined;
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
