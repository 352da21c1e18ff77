import { GraphQLSchema } from 'graphql';
import { Limits } from '../../kernel/limits';
import { checkDocument } from './document-checks';
import { requireShortDocument } from './document-size';
import { Guard, PASSED } from './guard';
import { requireKind } from './operation-kinds';
import { parseDocument } from './parsing';
import { refusePersistedQuery } from './persisted-queries';
import { checkVariables } from './variables';

/** The checks that a request has to pass before it is executed. Every transport runs exactly this list, in this order. */
const guards = (schema: GraphQLSchema, limits: Limits): readonly Guard[] => [
  refusePersistedQuery,
  requireShortDocument(limits),
  parseDocument(limits),
  requireKind,
  checkDocument(schema, limits),
  checkVariables(schema, limits),
];

/** Returns the errors of the first guard that refuses. All transports share it, because guards cache what they know of documents. */
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
