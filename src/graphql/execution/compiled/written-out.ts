import {
  ArgumentNode,
  BREAK,
  DocumentNode,
  FieldNode,
  GraphQLField,
  Kind,
  NameNode,
  OperationTypeNode,
  SelectionNode,
  SelectionSetNode,
  VariableDefinitionNode,
  VariableNode,
  visit,
} from 'graphql';
import { SelectedField, Selection } from './selection';

/** A document without conditions, fragment spreads or values: each argument has its own variable. */
export interface WrittenOut {
  readonly document: DocumentNode;
  readonly arguments: WrittenArguments;
}

/** The arguments of all fields, separated by whether they contain a variable of the client. */
export interface WrittenArguments {
  readonly constant: readonly FieldArguments[];
  readonly variable: readonly FieldArguments[];
}

/** The arguments of one field, and the variable of each. */
export interface FieldArguments {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly variables: ReadonlyMap<string, string>;
}

/** `variableType` is the name of the type of all variables. */
export function writeOut(operation: OperationTypeNode, root: Selection, variableType: string): WrittenOut {
  const writer = new Writer();
  const selectionSet = writer.selectionSet(root);
  const { constant, variable } = writer.arguments;
  const variableDefinitions = [...constant, ...variable].flatMap(({ variables }) =>
    [...variables.values()].map((name) => definitionOf(name, variableType)),
  );
  const definition = { kind: Kind.OPERATION_DEFINITION, operation, variableDefinitions, selectionSet } as const;
  return { document: { kind: Kind.DOCUMENT, definitions: [definition] }, arguments: writer.arguments };
}

class Writer {
  readonly arguments = { constant: [] as FieldArguments[], variable: [] as FieldArguments[] };
  private variableCount = 0;

  selectionSet({ fields }: Selection): SelectionSetNode {
    return { kind: Kind.SELECTION_SET, selections: fields.map((field) => this.field(field)) };
  }

  private field({ responseName, definition, nodes: [node], below }: SelectedField): FieldNode {
    return {
      kind: Kind.FIELD,
      alias: nameOf(responseName),
      name: node.name,
      arguments: this.argumentsOf(definition, node),
      selectionSet: below && this.selectionSetBelow(below),
    };
  }

  private selectionSetBelow(selections: readonly Selection[]): SelectionSetNode {
    const [first] = selections;
    if (first !== undefined && selections.length === 1) return this.selectionSet(first);
    return { kind: Kind.SELECTION_SET, selections: selections.map((selection) => this.ofType(selection)) };
  }

  private ofType(selection: Selection): SelectionNode {
    const typeCondition = { kind: Kind.NAMED_TYPE, name: nameOf(selection.type.name) } as const;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: this.selectionSet(selection) };
  }

  private argumentsOf(definition: GraphQLField<unknown, unknown>, node: FieldNode): readonly ArgumentNode[] {
    const written = new Set(node.arguments?.map(({ name }) => name.value));
    const names = definition.args.flatMap(({ name, defaultValue }) =>
      written.has(name) || defaultValue !== undefined ? [name] : [],
    );
    if (names.length === 0) return [];
    const variables = new Map(names.map((name) => [name, `v${this.variableCount++}`]));
    this.arguments[holdsVariable(node) ? 'variable' : 'constant'].push({ definition, node, variables });
    return [...variables].map(([name, variable]) => ({
      kind: Kind.ARGUMENT,
      name: nameOf(name),
      value: variableOf(variable),
    }));
  }
}

function holdsVariable({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  const note = (): typeof BREAK => {
    found = true;
    return BREAK;
  };
  for (const { value } of given) visit(value, { Variable: note });
  return found;
}

const nameOf = (value: string): NameNode => ({ kind: Kind.NAME, value });
const variableOf = (name: string): VariableNode => ({ kind: Kind.VARIABLE, name: nameOf(name) });

const definitionOf = (variable: string, type: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: variableOf(variable),
  type: { kind: Kind.NAMED_TYPE, name: nameOf(type) },
});
