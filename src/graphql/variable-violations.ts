import { ApolloServerPlugin } from '@apollo/server';
import {
  coerceInputValue,
  GraphQLError,
  GraphQLSchema,
  isInputType,
  Kind,
  typeFromAST,
  VariableDefinitionNode,
} from 'graphql';
import { Violation } from '../kernel/refusal';

/** Adds `violations` to the errors about variables, whose messages alone say where the wrong value stands. */
export const variableViolations: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, schema, request }) => {
        for (const error of errors) {
          const violations = variableViolationsOf(error, schema, request.variables);
          if (violations !== undefined) Object.assign(error.extensions, { violations });
        }
        return Promise.resolve();
      },
    }),
};

/** A field that is missing, or that there is not, is reported at the place of its object. */
const FIELD_OF_PARENT = /^Field "(?:\w+\.)?(\w+)" (?:of required type ".+" was not provided|is not defined by type)/;

/** undefined where the error is not about a variable. */
export function variableViolationsOf(
  error: GraphQLError,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): readonly Violation[] | undefined {
  const definition = error.nodes?.[0];
  if (definition?.kind !== Kind.VARIABLE_DEFINITION) return undefined;
  return violationsOf(schema, definition, variables?.[definition.variable.name.value], error);
}

function violationsOf(
  schema: GraphQLSchema,
  { variable, type: typeNode }: VariableDefinitionNode,
  value: unknown,
  error: GraphQLError,
): readonly Violation[] {
  const root = `/${variable.name.value}`;
  const type = typeFromAST(schema, typeNode);
  const found: Violation[] = [];
  if (value !== undefined && isInputType(type)) {
    coerceInputValue(value, type, (path, _invalid, { message }) => {
      const field = FIELD_OF_PARENT.exec(message)?.[1];
      found.push({ path: [root, ...path, ...(field === undefined ? [] : [field])].join('/'), message });
    });
  }
  return found.length > 0 ? found : [{ path: root, message: error.message }];
}
