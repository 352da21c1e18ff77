import {
  DocumentNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { parsePosition } from '../../kernel/position';
import { FieldWalk, WalkedField } from './field-walk';
import { ArgumentValues, BeyondExtensions, LooksBeyondIf } from './looks-beyond';

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

/** Finds the requests whose answers stay the same: those that ask for nothing but `asOf` at positions. Fields that are skipped count, too. */
export class LastingQuestions {
  private readonly roots = new WeakMap<OperationDefinitionNode, readonly Root[]>();
  /** Of operations without variables. */
  private readonly known = new WeakMap<OperationDefinitionNode, readonly LastingQuestion[]>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Empty if the answer may change. The guards must have passed the request. */
  of(document: DocumentNode, operation: OperationDefinitionNode, sent: ArgumentValues): readonly LastingQuestion[] {
    if (operation.operation !== OperationTypeNode.QUERY) return [];
    const { variableDefinitions: variables = [] } = operation;
    if (variables.length > 0) return this.find(document, operation, sent);
    let questions = this.known.get(operation);
    if (questions === undefined) this.known.set(operation, (questions = this.find(document, operation, {})));
    return questions;
  }

  private find(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    sent: ArgumentValues,
  ): readonly LastingQuestion[] {
    let roots = this.roots.get(operation);
    if (roots === undefined) this.roots.set(operation, (roots = this.rootsOf(document, operation)));
    if (roots.some(({ definition }) => definition.name !== 'asOf')) return [];
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], sent, { maxErrors: 1 });
    if (coerced === undefined) return [];
    const questions = roots.flatMap((root) => questionOf(root, coerced) ?? []);
    return questions.length === roots.length ? questions : [];
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
