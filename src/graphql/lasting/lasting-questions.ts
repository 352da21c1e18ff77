import {
  DocumentNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
  VariableDefinitionNode,
  VariableNode,
  visit,
} from 'graphql';
import { parsePosition } from '../../kernel/position';
import { FieldWalk, WalkedField } from './field-walk';
import { ALWAYS, ArgumentValues, BeyondExtensions, LooksBeyondIf } from './looks-beyond';

/** `asOf` at a position, as a request asks for it. */
export interface LastingQuestion {
  readonly position: bigint;
  /** Whether a field below it looks beyond the snapshot. `events`: how many events are on record there. */
  readonly looksBeyond: (events: bigint) => boolean;
}

/** A field that may look beyond its snapshot. */
interface Marked extends WalkedField {
  readonly looksBeyond: LooksBeyondIf;
}

/** A root field, with the marked fields below it. */
interface Root extends WalkedField {
  readonly marked: readonly Marked[];
}

/** What of an operation decides whether its answer stays the same. */
interface Form {
  readonly roots: readonly Root[];
  /** The variables in the arguments of the roots and of the marked fields. */
  readonly variables: readonly VariableDefinitionNode[];
  /** The questions, if they depend on no variable. */
  readonly fixed: readonly LastingQuestion[] | undefined;
}

/** For each of them, the server reads what the log is up to its position, and the caller does not pay for that. */
const MOST_ROOTS = 10;
const MAY_CHANGE: Form = { roots: [], variables: [], fixed: [] };

/** Finds the requests whose answers stay the same: those that ask for nothing but a few `asOf` at positions. Fields that are skipped count, too. */
export class LastingQuestions {
  private readonly forms = new WeakMap<OperationDefinitionNode, Form>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Empty if the answer may change. The guards must have passed the request. */
  of(document: DocumentNode, operation: OperationDefinitionNode, sent: ArgumentValues): readonly LastingQuestion[] {
    let form = this.forms.get(operation);
    if (form === undefined) this.forms.set(operation, (form = this.formOf(document, operation)));
    return form.fixed ?? this.find(form, sent);
  }

  private formOf(document: DocumentNode, operation: OperationDefinitionNode): Form {
    if (operation.operation !== OperationTypeNode.QUERY) return MAY_CHANGE;
    const roots = this.rootsOf(document, operation);
    if (roots.length > MOST_ROOTS) return MAY_CHANGE;
    const looksBeyond = roots.some(({ marked }) => marked.some((field) => field.looksBeyond === ALWAYS));
    if (looksBeyond || roots.some(({ definition }) => definition.name !== 'asOf')) return MAY_CHANGE;
    const fields = roots.flatMap((root) => [root, ...root.marked]);
    const variables = variablesOf(operation, fields);
    return { roots, variables, fixed: variables.length === 0 ? questionsOf(roots, {}) : undefined };
  }

  /** No other variables are coerced: a request may have tens of thousands of values. */
  private find({ roots, variables }: Form, sent: ArgumentValues): readonly LastingQuestion[] {
    const { coerced } = getVariableValues(this.schema, variables, sent, { maxErrors: 1 });
    return coerced === undefined ? [] : questionsOf(roots, coerced);
  }

  private rootsOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): readonly Root[] {
    const roots: Root[] = [];
    const walk = new FieldWalk(this.schema, document, (field) => {
      roots.push({ ...field, marked: this.markedBelow(document, field) });
      return false;
    });
    const query = this.schema.getQueryType();
    if (query) walk.visit(query, selectionSet);
    return roots;
  }

  private markedBelow(document: DocumentNode, { definition, node }: WalkedField): readonly Marked[] {
    const marked: Marked[] = [];
    const walk = new FieldWalk(this.schema, document, (field) => {
      const { looksBeyond } = field.definition.extensions as BeyondExtensions;
      if (looksBeyond !== undefined) marked.push({ ...field, looksBeyond });
      return true;
    });
    if (node.selectionSet !== undefined) walk.visit(getNamedType(definition.type), node.selectionSet);
    return marked;
  }
}

/** The variables in the arguments of these fields. */
function variablesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  fields: readonly WalkedField[],
): readonly VariableDefinitionNode[] {
  const names = new Set<string>();
  const note = { Variable: ({ name }: VariableNode) => void names.add(name.value) };
  for (const { node } of fields) for (const argument of node.arguments ?? []) visit(argument, note);
  return variableDefinitions.filter(({ variable }) => names.has(variable.name.value));
}

/** Empty if one of them does not ask for a position. */
function questionsOf(roots: readonly Root[], variables: ArgumentValues): readonly LastingQuestion[] {
  const questions = roots.flatMap((root) => questionOf(root, variables) ?? []);
  return questions.length === roots.length ? questions : [];
}

/** undefined if it does not ask for a position. */
function questionOf({ marked, ...asOf }: Root, variables: ArgumentValues): LastingQuestion | undefined {
  const at = argumentsOf(asOf, variables)?.at as ArgumentValues | undefined;
  const position = typeof at?.position === 'string' ? parsePosition(at.position) : undefined;
  if (position === undefined) return undefined;
  return {
    position,
    looksBeyond: (events) =>
      marked.some(({ looksBeyond, ...field }) => {
        const args = argumentsOf(field, variables);
        return args === undefined || looksBeyond(args, events);
      }),
  };
}

/** undefined if a variable is null where an argument must not be. Execution reports it. */
function argumentsOf({ definition, node }: WalkedField, variables: ArgumentValues): ArgumentValues | undefined {
  try {
    return getArgumentValues(definition, node, variables);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
