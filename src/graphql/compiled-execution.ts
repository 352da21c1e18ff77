import { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { DocumentNode, execute, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import { CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** The operations of one document by name; undefined for what does not compile. */
type Operations = Map<string | null, CompiledQuery | undefined>;

/**
 * Executes operations as compiled functions, one for each document that the server has in its cache. graphql-js remains the
 * reference: what does not compile is executed by it, and so is what came to nothing before a resolver ran, such as
 * variables of the wrong type, so that errors are the ones that it gives.
 */
export function compiledExecution(schema: GraphQLSchema): Gateway {
  const compiled = new WeakMap<DocumentNode, Operations>();

  const queryOf = (document: DocumentNode, operationName: string | null): CompiledQuery | undefined => {
    let operations = compiled.get(document);
    if (operations === undefined) {
      operations = new Map();
      compiled.set(document, operations);
    }
    if (!operations.has(operationName)) {
      const query = compileQuery(schema, document, operationName ?? undefined);
      operations.set(operationName, isCompiledQuery(query) ? query : undefined);
    }
    return operations.get(operationName);
  };

  const executor: Executor = async ({ document, operationName, request, context }) => {
    const variableValues = request.variables ?? {};
    const query = queryOf(document, operationName);
    const result = query && (await query.query(undefined, context, variableValues));
    if (result !== undefined && !cameToNothing(result)) return withExtensions(result);
    return execute({ schema, document, operationName, variableValues, contextValue: context });
  };

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
