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
          const definition = error.nodes?.[0];
          if (definition?.kind !== Kind.VARIABLE_DEFINITION) continue;
          const value: unknown = request.variables?.[definition.variable.name.value];
          Object.assign(error.extensions, { violations: violationsOf(schema, definition, value, error) });
        }
        return Promise.resolve();
      },
    }),
};

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
    coerceInputValue(value, type, (path, _invalid, problem) =>
      found.push({ path: [root, ...path].join('/'), message: problem.message }),
    );
  }
  return found.length > 0 ? found : [{ path: root, message: error.message }];
}
