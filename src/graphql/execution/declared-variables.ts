import { OperationDefinitionNode } from 'graphql';
import { Variables } from './request';

/**
 * The values of the variables that an operation declares, as JSON. Other variables that a client sends are ignored: they may be nested
 * too deep for JSON.stringify. A variable that is left out has its default; null has none.
 */
export const declaredVariables = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): string =>
  JSON.stringify(
    variableDefinitions.map(({ variable: { name } }) =>
      Object.hasOwn(variables, name.value) ? [variables[name.value]] : [],
    ),
  );
