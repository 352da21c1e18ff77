import {
  ArgumentNode,
  ASTNode,
  ASTVisitor,
  GraphQLArgument,
  GraphQLError,
  isInputType,
  isRequiredArgument,
  OperationDefinitionNode,
  typeFromAST,
  ValidationContext,
} from 'graphql';
import { shortened, ViolationReport } from '../../kernel/violations';
import { toGraphQLError } from '../errors';
import { judgeLiteral } from './literal-judge';
import { REQUIRED, UNKNOWN_FIELD } from './value-judge';
import { placesOfVariables } from './variable-places';

/**
 * Reports arguments of fields and directives that are unknown, missing or wrong. It replaces graphql-js' rules
 * KnownArgumentNames, ProvidedRequiredArguments and ValuesOfCorrectType, whose errors do not have the path of the wrong part.
 * Each field gets one error with all its violations. One limit on reported violations holds for the whole document.
 */
export function argumentsRule(context: ValidationContext): ASTVisitor {
  const report = new ViolationReport();
  const refused: { readonly node: ASTNode; readonly from: number }[] = [];

  const judged = (node: ASTNode, judge: () => void): void => {
    const from = report.violations.length;
    judge();
    if (report.violations.length > from) refused.push({ node, from });
  };

  const judgeArguments = (
    node: ASTNode,
    known: readonly GraphQLArgument[],
    given: readonly ArgumentNode[] = [],
  ): void => {
    judged(node, () => {
      const written = new Map(given.map((argument) => [argument.name.value, argument.value]));
      for (const argument of known) {
        const value = written.get(argument.name);
        if (value !== undefined) judgeLiteral(value, argument.type, [argument.name], report);
        else if (isRequiredArgument(argument)) report.add([argument.name], REQUIRED);
        written.delete(argument.name);
      }
      for (const name of written.keys()) report.add([shortened(name)], UNKNOWN_FIELD);
    });
  };

  const judgeDefaults = (operation: OperationDefinitionNode): void => {
    let places: ReturnType<typeof placesOfVariables> | undefined;
    for (const definition of operation.variableDefinitions ?? []) {
      const { type: typeNode, defaultValue, variable } = definition;
      const type = typeFromAST(context.getSchema(), typeNode);
      if (defaultValue === undefined || !isInputType(type)) continue;
      // Once for all variables: it walks the whole operation.
      places ??= placesOfVariables(context.getDocument(), operation);
      const place = places.get(variable.name.value)?.keys;
      judged(definition, () => {
        judgeLiteral(defaultValue, type, place ?? [variable.name.value], report);
      });
    }
  };

  return {
    OperationDefinition: judgeDefaults,
    Field(node) {
      const definition = context.getFieldDef();
      if (definition) judgeArguments(node, definition.args, node.arguments);
    },
    Directive(node) {
      const directive = context.getDirective();
      if (directive) judgeArguments(node, directive.args, node.arguments);
    },
    Document: {
      leave() {
        refused.forEach(({ node, from }, index) => {
          const next = refused[index + 1];
          const violations = report.violations.slice(from, next?.from);
          const violationsOmitted = next === undefined ? report.omitted : 0;
          const { message, extensions } = toGraphQLError({ kind: 'BAD_USER_INPUT', violations, violationsOmitted });
          context.reportError(new GraphQLError(message, { nodes: node, extensions }));
        });
      },
    },
  };
}
