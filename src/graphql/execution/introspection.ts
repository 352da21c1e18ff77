import { BREAK, DocumentNode, visit } from 'graphql';
import { mayRead } from '../../auth/policy';
import { toGraphQLError } from '../errors';
import { Guard, PASSED } from './guard';
import { documentOf } from './request';

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);
const OFF = { kind: 'FORBIDDEN', message: 'The operator has turned introspection off.' } as const;

/** The schema is shown to callers with a role of this ledger, and to nobody if `isOn` is false. `__typename` is for everybody. */
export function guardIntrospection(isOn: boolean): Guard {
  const known = new WeakMap<DocumentNode, boolean>();
  return (request) => {
    const { principal } = request;
    const allowed = principal === undefined ? undefined : mayRead(principal);
    if (isOn && (allowed === undefined || allowed.ok)) return PASSED;
    const document = documentOf(request);
    let introspects = known.get(document);
    if (introspects === undefined) known.set(document, (introspects = isIntrospection(document)));
    if (!introspects) return PASSED;
    return [toGraphQLError(isOn && allowed?.ok === false ? allowed.refusal : OFF)];
  };
}

function isIntrospection(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name }) {
      if (!META_FIELDS.has(name.value)) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
