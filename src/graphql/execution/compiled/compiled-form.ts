import {
  ExecutionResult,
  getArgumentValues,
  getVariableValues,
  GraphQLError,
  GraphQLScalarType,
  GraphQLSchema,
  locatedError,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { CountedSelection, SelectedField } from './selection';
import { FieldArguments, writeOut, WrittenArguments } from './written-out';

type Values = Readonly<Record<string, unknown>>;

/** Accepts any value unchanged: the variables of a compiled form have values that graphql-js has coerced. */
const Coerced = new GraphQLScalarType({ name: 'Coerced' });

/** The schema for compiling operations: the served one, plus the type of the compiled forms' variables. */
export function schemaOfForms(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, Coerced] });
}

/** An operation under certain conditions, as a function. graphql-jit gets no text of a client except names. */
export class CompiledForm {
  /** Cached by the values of a subscription, which are the same object for all its items. */
  private readonly variables = new WeakMap<Values, Values>();
  /** Arguments without variables have the same values in every request. */
  private constants: Values | undefined;

  private constructor(
    readonly fieldCount: number,
    readonly query: CompiledQuery['query'],
    private readonly schema: GraphQLSchema,
    private readonly operation: OperationDefinitionNode,
    private readonly fieldArguments: WrittenArguments,
    private readonly rootFields: ReadonlyMap<string, SelectedField>,
  ) {}

  /** undefined if graphql-jit cannot compile it. */
  static of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    { root, fieldCount }: CountedSelection,
  ): CompiledForm | undefined {
    const written = writeOut(operation.operation, root, Coerced.name);
    const compiled = compileQuery(schema, written.document);
    if (!isCompiledQuery(compiled)) return undefined;
    const rootFields = new Map(root.fields.map((field) => [field.responseName, field]));
    return new CompiledForm(fieldCount, compiled.query, schema, operation, written.arguments, rootFields);
  }

  /** The values of all arguments, by the variables of the compiled form; undefined if graphql-js refuses one of them. */
  variablesFrom(values: Values): Values | undefined {
    if (this.operation.operation !== OperationTypeNode.SUBSCRIPTION) return this.coerce(values);
    const known = this.variables.get(values) ?? this.coerce(values);
    if (known !== undefined) this.variables.set(values, known);
    return known;
  }

  private coerce(values: Values): Values | undefined {
    const { variableDefinitions = [] } = this.operation;
    if (variableDefinitions.length === 0 && this.constants !== undefined) return this.constants;
    const { coerced } = getVariableValues(this.schema, variableDefinitions, values, { maxErrors: 1 });
    if (coerced === undefined) return undefined;
    try {
      return this.argumentValues(coerced);
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  }

  /**
   * The error of one root field, as graphql-js reports it. undefined for anything else: if there are several errors, graphql-js
   * may report fewer of them, in a different order.
   */
  soleRootError({ data, errors: [error, ...others] = [] }: ExecutionResult): ExecutionResult | undefined {
    const [responseName, ...below] = error?.path ?? [];
    if (!error?.originalError || !data || others.length > 0 || below.length > 0) return undefined;
    const field = this.rootFields.get(String(responseName));
    return field && { errors: [locatedError(error.originalError, field.nodes, error.path)], data };
  }

  private argumentValues(variableValues: Values): Values {
    const { constant, variable } = this.fieldArguments;
    this.constants ??= valuesOf(constant, {});
    return variable.length === 0 ? this.constants : { ...this.constants, ...valuesOf(variable, variableValues) };
  }
}

function valuesOf(fields: readonly FieldArguments[], variableValues: Values): Values {
  const result: Record<string, unknown> = {};
  for (const { definition, node, variables } of fields) {
    const values = getArgumentValues(definition, node, variableValues);
    for (const [argument, variable] of variables)
      if (Object.hasOwn(values, argument)) result[variable] = values[argument];
  }
  return result;
}
