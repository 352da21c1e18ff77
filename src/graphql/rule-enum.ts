import { GraphQLEnumType } from 'graphql';
import { describedValues } from './enums';

/** No field has this type. It lists the possible values of `extensions.rule`. */
export const ruleEnum = (rules: ReadonlyMap<string, string>): GraphQLEnumType =>
  new GraphQLEnumType({
    name: 'Rule',
    description: '规则。The rule that a command broke: `extensions.rule` of a RULE_VIOLATION.',
    values: describedValues(Object.fromEntries(rules)),
  });
