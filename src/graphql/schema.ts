import 'reflect-metadata';
import { GraphQLSchema } from 'graphql';
import { buildSchemaSync, NonEmptyArray } from 'type-graphql';
import { RULES } from '../kernel/refusal';
import { AsOfResolver } from './snapshot';
import { ChangesResolver } from './changes';
import { enumType } from './enums';
import { LedgerResolver } from './ledger';
import { NodeResolver } from './node';
import { RecordedResolver } from './recorded';
import { validateInput } from './validation';

enumType('Rule', RULES, '规则。extensions.rule of a RULE_VIOLATION.');

const OWN_RESOLVERS = [AsOfResolver, NodeResolver, ChangesResolver, LedgerResolver, RecordedResolver];

/** The API, from the resolvers of the machinery and of the features. Built once a process: type-graphql's metadata is global. */
export function buildLedgerSchema(featureResolvers: readonly NewableFunction[]): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [...OWN_RESOLVERS, ...featureResolvers] as unknown as NonEmptyArray<NewableFunction>,
    validate: true,
    validateFn: validateInput,
  });
}
