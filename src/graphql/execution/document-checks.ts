import {
  DocumentNode,
  GraphQLError,
  GraphQLSchema,
  KnownArgumentNamesRule,
  NoFragmentCyclesRule,
  ProvidedRequiredArgumentsRule,
  specifiedRules,
  UniqueFragmentNamesRule,
  validate,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { cut } from '../../kernel/echo';
import { Limits, MAX_VIOLATIONS } from '../../kernel/limits';
import { argumentsRule } from './arguments-rule';
import { limitError } from '../errors';
import { Guard } from './guard';
import { limitsRule } from './limits-rule';
import { exceedsMergeWork } from './merge-work';
import { documentOf } from './request';

/**
 * graphql-js adds an error that says that there are more. Suggestions would compare each unknown name with all known ones;
 * introspection gives the names.
 */
const OPTIONS = { maxErrors: MAX_VIOLATIONS - 1, hideSuggestions: true };

const REPLACED: ReadonlySet<unknown> = new Set([
  KnownArgumentNamesRule,
  ProvidedRequiredArgumentsRule,
  ValuesOfCorrectTypeRule,
]);
const RULES = [...specifiedRules.filter((rule) => !REPLACED.has(rule)), argumentsRule];

/** Refuses a document, whatever the variables are. The result is cached for all requests with the same document. */
export function checkDocument(schema: GraphQLSchema, limits: Limits): Guard {
  const verdicts = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return (request) => {
    const document = documentOf(request);
    let verdict = verdicts.get(document);
    if (verdict === undefined) verdicts.set(document, (verdict = verdictOn(schema, document, limits)));
    return verdict;
  };
}

/**
 * The rules that cost little come first: those of graphql-js compare fields in pairs, and fail on some fragments that contain
 * themselves.
 */
function verdictOn(schema: GraphQLSchema, document: DocumentNode, limits: Limits): readonly GraphQLError[] {
  const bounds = [UniqueFragmentNamesRule, NoFragmentCyclesRule, limitsRule(limits)];
  const unbounded = validate(schema, document, bounds, OPTIONS);
  if (unbounded.length > 0) return unbounded.map(asBadInput);
  const { maxFieldComparisons } = limits;
  if (exceedsMergeWork(document, maxFieldComparisons))
    return [
      limitError(
        'maxFieldComparisons',
        `The document selects fields of one name too often; ${maxFieldComparisons} comparisons are allowed`,
      ),
    ];
  return validate(schema, document, RULES, OPTIONS).map(asBadInput);
}

/** Changes the error itself, because a new one would compute its line and column again. */
function asBadInput(error: GraphQLError): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  error.message = cut(error.message);
  return Object.assign(error, { extensions: { ...error.extensions, code: 'BAD_USER_INPUT' } });
}
