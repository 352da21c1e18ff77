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
import { ParsedDocuments, requireDocument } from './parsing';
import { refusePersistedQuery } from './persisted-queries';
import { namesDocument, OperationRequest } from './request';
import { requireOperation } from './requested-operation';
import { checkVariables } from './variables';

export interface GuardOptions {
  /** undefined: any document may be executed. */
  readonly trust?: Trust;
  /** Whether callers may read the schema; undefined: they may. */
  readonly introspection?: boolean;
  readonly telemetry?: Telemetry;
}

/** Every transport runs exactly these guards. All transports share them, because guards keep what they know of documents. */
export interface Guards {
  /** Returns the errors of the first guard that refuses. */
  readonly judge: Guard;
  /** Whether the document of the request was parsed before, or is looked up by its hash: then little is left to judge. */
  readonly knows: (request: OperationRequest) => boolean;
}

/** The checks that a request has to pass before it is executed, in their order. Throws `RefusedDocuments` if a trusted document would not pass them. */
export function guardsOf(
  schema: GraphQLSchema,
  limits: Limits,
  { trust, introspection = true, telemetry }: GuardOptions = {},
): Guards {
  const requireShort = requireShortDocument(limits);
  const documents = new ParsedDocuments(limits.maxTokens, telemetry);
  const parse = requireDocument(documents);
  const requireNames = requireShortNames(limits);
  const check = checkDocument(schema, limits);
  const trusted = trust && new TrustedDocuments(trust.listed, first([requireShort, parse, requireNames, check]));
  const find = trust && trusted ? trustDocuments(trust, trusted) : refusePersistedQuery;
  return {
    judge: first([
      find,
      requireShort,
      parse,
      requireNames,
      requireKind,
      guardIntrospection(introspection),
      check,
      checkVariables(schema, limits),
      requireOperation,
    ]),
    knows: (request) =>
      request.query
        ? trusted?.withText(request.query) !== undefined || documents.has(request.query)
        : trusted !== undefined && namesDocument(request),
  };
}

const first =
  (all: readonly Guard[]): Guard =>
  (request) => {
    for (const guard of all) {
      const errors = guard(request);
      if (errors.length > 0) return errors;
    }
    return PASSED;
  };
