import {
  DocumentNode,
  GraphQLError,
  GraphQLSchema,
  isInputType,
  isNonNullType,
  OperationDefinitionNode,
  typeFromAST,
  VariableDefinitionNode,
} from 'graphql';
import { Limits } from '../../kernel/limits';
import { ViolationReport } from '../../kernel/violations';
import { limitError, toGraphQLError } from '../errors';
import { Guard, PASSED } from './guard';
import { documentOf, Variables } from './request';
import { NOT_NULL, REQUIRED, ValueJudge } from './value-judge';
import { Place, placesOfVariables } from './variable-places';

export const checkVariables =
  (schema: GraphQLSchema, limits: Limits): Guard =>
  (request) => {
    const { operation, variables } = request;
    if (operation === undefined) return PASSED;
    const { error } = judgeVariables(schema, documentOf(request), operation, variables ?? {}, limits);
    return error === undefined ? PASSED : [error];
  };

export interface JudgedVariables {
  /** undefined if the operation can be executed with them. */
  readonly error?: GraphQLError;
  /** How many values were looked at. */
  readonly visited: number;
}

/**
 * Checks the variables of a valid operation once, before graphql-js coerces them: graphql-js would go on after each wrong value
 * and build an error for each. Variables that the operation does not declare are ignored, as graphql-js does.
 */
export function judgeVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  { maxListItems, maxInputValues }: Limits,
): JudgedVariables {
  const report = new ViolationReport();
  const judge = new ValueJudge(report, maxListItems);
  const refused: VariableDefinitionNode[] = [];
  let places: ReadonlyMap<string, Place> | undefined;
  const placeOf = (name: string): Place => {
    places ??= placesOfVariables(document, operation);
    return places.get(name) ?? { keys: [name], uses: 0 };
  };

  let inputValues = 0;
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const [countBefore, visitedBefore] = [report.count, judge.visited];
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) {
      if (variables[name] === null && isNonNullType(type)) report.add(placeOf(name).keys, NOT_NULL);
      else judge.judge(variables[name], type, placeOf(name).keys);
    } else if (isNonNullType(type) && definition.defaultValue === undefined) {
      report.add(placeOf(name).keys, REQUIRED);
    }
    if (report.count > countBefore) refused.push(definition);
    inputValues += (judge.visited - visitedBefore) * Math.max(1, placeOf(name).uses);
  }
  return { error: errorOf(report, refused) ?? tooMany(inputValues, maxInputValues), visited: judge.visited };
}

function errorOf({ violations, omitted }: ViolationReport, nodes: VariableDefinitionNode[]): GraphQLError | undefined {
  if (violations.length === 0) return undefined;
  const refusal = { kind: 'BAD_USER_INPUT', violations, violationsOmitted: omitted } as const;
  const { message, extensions } = toGraphQLError(refusal);
  return new GraphQLError(message, { nodes, extensions });
}

const tooMany = (values: number, most: number): GraphQLError | undefined =>
  values <= most
    ? undefined
    : limitError('maxInputValues', `The variables hold ${values} values, counted for each use; ${most} are allowed`);
