/** A parsed operation, as `parse` of graphql and the `gql` of every client give it. */
export interface ParsedDocument {
  readonly definitions: readonly object[];
}

type Variables = Readonly<Record<string, unknown>> | undefined;

/** Below a snapshot these still depend on when they are asked for: checkpoints are signed later, and the operator sets the alert rules. */
const NEVER = new Set(['alerts', 'checkpoint', 'inclusionProof', 'preview']);
/** The arguments of a root field that say at which moment it is answered. */
const MOMENTS = new Map([
  ['asOf', ['at']],
  ['diff', ['from', 'to']],
]);

/**
 * Whether the answer to an operation may be kept for ever: every root field is answered at a position. False if in doubt.
 *
 * It is the answer for one caller, since others may read other departments, and it is an answer of one version of the server, which
 * may name more in `data`. Answers with errors never last.
 */
export function isLasting(document: ParsedDocument, variables?: object): boolean {
  const nodes = document.definitions as readonly Node[];
  const operations = nodes.filter(({ kind }) => kind === 'OperationDefinition');
  const [operation] = operations;
  if (operations.length !== 1 || operation?.operation !== 'query') return false;
  const roots = (operation.selectionSet?.selections ?? []).filter(({ name }) => name?.value !== '__typename');
  return (
    roots.length > 0 &&
    roots.every((root) => isAtPositions(root, variables as Variables)) &&
    !nodes.some((definition) => selects(definition, NEVER))
  );
}

/** What is read here of the AST of graphql-js. */
interface Node {
  readonly kind: string;
  readonly operation?: string;
  readonly name?: { readonly value: string };
  readonly selectionSet?: { readonly selections: readonly Node[] };
  readonly arguments?: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[];
}

interface ValueNode {
  readonly kind: string;
  readonly name?: { readonly value: string };
  readonly value?: unknown;
  readonly fields?: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[];
}

function isAtPositions({ kind, name, arguments: given = [] }: Node, variables: Variables): boolean {
  const names = kind === 'Field' ? MOMENTS.get(name?.value ?? '') : undefined;
  return (
    names !== undefined &&
    names.every((wanted) => {
      const argument = given.find((each) => each.name.value === wanted);
      return argument !== undefined && hasPosition(argument.value, variables);
    })
  );
}

function hasPosition(value: ValueNode, variables: Variables): boolean {
  if (value.kind === 'Variable') {
    const at = variables?.[value.name?.value ?? ''];
    return typeof at === 'object' && at !== null && hasText(at);
  }
  const position = value.fields?.find(({ name }) => name.value === 'position')?.value;
  if (position === undefined) return false;
  const given = position.kind === 'Variable' ? variables?.[position.name?.value ?? ''] : position.value;
  return typeof given === 'string';
}

/** An explicit null is as if the position were left out. */
const hasText = ({ position }: { readonly position?: unknown }): boolean => typeof position === 'string';

function selects({ kind, name, selectionSet }: Node, fields: ReadonlySet<string>): boolean {
  if (kind === 'Field' && fields.has(name?.value ?? '')) return true;
  return (selectionSet?.selections ?? []).some((selection) => selects(selection, fields));
}
