import { GraphQLSchema } from 'graphql';
import { Limits } from '../../kernel/limits';
import { Telemetry } from '../../kernel/telemetry';
import { Trust, trustDocuments } from '../trusted-documents/trust';
import { TrustedDocuments } from '../trusted-documents/trusted-documents';
import { checkDocument } from './document-checks';
import { requireShortDocument } from './document-size';
import { Guard, PASSED } from './guard';
import { guardIntrospection } from './introspection';
import { requireShortNames } from './name-lengths';
import { requireKind } from './operation-kinds';
import { parseDocument } from './parsing';
import { refusePersistedQuery } from './persisted-queries';
import { checkVariables } from './variables';

export interface GuardOptions {
  /** undefined: any document may be executed. */
  readonly trust?: Trust;
  /** Whether callers may read the schema; undefined: they may. */
  readonly introspection?: boolean;
  readonly telemetry?: Telemetry;
}

/**
 * The checks that a request has to pass before it is executed. Every transport runs exactly this list, in this order. Throws
 * `RefusedDocuments` if a trusted document would not pass them.
 */
function guards(
  schema: GraphQLSchema,
  limits: Limits,
  { trust, introspection = true, telemetry }: GuardOptions,
): readonly Guard[] {
  const requireShort = requireShortDocument(limits);
  const parse = parseDocument(limits, telemetry);
  const requireNames = requireShortNames(limits);
  const check = checkDocument(schema, limits);
  const find =
    trust === undefined
      ? refusePersistedQuery
      : trustDocuments(trust, new TrustedDocuments(trust.listed, first([requireShort, parse, requireNames, check])));
  return [
    find,
    requireShort,
    parse,
    requireNames,
    requireKind,
    guardIntrospection(introspection),
    check,
    checkVariables(schema, limits),
  ];
}

/** Returns the errors of the first guard that refuses. All transports share it, because guards cache what they know of documents. */
export const guardOf = (schema: GraphQLSchema, limits: Limits, options: GuardOptions = {}): Guard =>
  first(guards(schema, limits, options));

const first =
  (all: readonly Guard[]): Guard =>
  (request) => {
    for (const guard of all) {
      const errors = guard(request);
      if (errors.length > 0) return errors;
    }
    return PASSED;
  };
