import { GraphQLSchema } from 'graphql';
import { Limits } from '../../kernel/limits';
import { checkDocument } from './document-checks';
import { requireShortDocument } from './document-size';
import { Guard, PASSED } from './guard';
import { requireKind } from './operation-kinds';
import { parseDocument } from './parsing';
import { refusePersistedQuery } from './persisted-queries';
import { checkVariables } from './variables';

/** What a request has to pass before it is executed: every transport runs this list, in this order, and nothing else. */
const guards = (schema: GraphQLSchema, limits: Limits): readonly Guard[] => [
  refusePersistedQuery,
  requireShortDocument(limits),
  parseDocument(limits),
  requireKind,
  checkDocument(schema, limits),
  checkVariables(schema, limits),
];

/** Refuses what the first guard refuses. One for all transports: guards keep what they know of documents. */
export function guardOf(schema: GraphQLSchema, limits: Limits): Guard {
  const all = guards(schema, limits);
  return (request) => {
    for (const guard of all) {
      const errors = guard(request);
      if (errors.length > 0) return errors;
    }
    return PASSED;
  };
}
