import { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CompiledForm, schemaOfForms } from './compiled-form';
import { Conditions, CountedSelection, selectionOf } from './selection';
import { TurnBudget } from './turn-budget';

/** Compiling takes up to a tenth of a millisecond per field, and blocks the event loop. */
const MOST_FIELDS_PER_TURN = 100;
/** A document with 20 conditions has a million combinations. */
const MOST_FORMS_PER_DOCUMENT = 8;
/** A combination is compiled at this many requests for it: most documents with their values in the text come only once. */
const ASKED_OFTEN = 3;
/** For this many combinations of a document we count the requests. */
const COUNTED_PER_DOCUMENT = 64;
/** The compiled forms of all documents together have at most this many fields. Each takes about 1.6 KB: together 32 MB. */
const FIELDS_KEPT = 20_000;

/** One set of values of the variables in an operation's conditions. */
interface Combination {
  readonly document: DocumentForms;
  asked: number;
  /** Decided and counted, but not compiled yet; null if it is never compiled. */
  selection?: CountedSelection | null;
}

interface DocumentForms {
  readonly combinations: Map<string, Combination>;
  compiled: number;
}

/** Caches the compiled forms of operations, and decides which operations are compiled. */
export class CompiledForms {
  private readonly schemaOfForms: GraphQLSchema;
  private readonly documents = new WeakMap<DocumentNode, DocumentForms>();
  private readonly budget = new TurnBudget(MOST_FIELDS_PER_TURN);
  private readonly forms = new LRUCache<Combination, CompiledForm>({
    maxSize: FIELDS_KEPT,
    sizeCalculation: ({ fieldCount }) => fieldCount,
    dispose: (_form, combination) => {
      combination.document.compiled--;
      combination.asked = 0;
    },
  });

  constructor(private readonly schema: GraphQLSchema) {
    this.schemaOfForms = schemaOfForms(schema);
  }

  /**
   * `conditions` has a boolean for each variable in a condition. undefined means that graphql-js must execute the operation.
   */
  find(document: DocumentNode, operation: OperationDefinitionNode, conditions: Conditions): CompiledForm | undefined {
    const forms = this.formsOf(document);
    const key = `${operation.name?.value ?? ''} ${Object.values(conditions).map(Number).join('')}`;
    const known = forms.combinations.get(key);
    const form = known && this.forms.get(known);
    if (form !== undefined) return form;
    if (forms.compiled === MOST_FORMS_PER_DOCUMENT || known?.selection === null) return undefined;
    const combination = known ?? this.begin(forms, key);
    if (++combination.asked < ASKED_OFTEN) return undefined;
    combination.selection ??= selectionOf(this.schema, document, operation, conditions, MOST_FIELDS_PER_TURN) ?? null;
    return this.compile(operation, combination);
  }

  private begin(document: DocumentForms, key: string): Combination {
    const { combinations } = document;
    if (combinations.size === COUNTED_PER_DOCUMENT) {
      for (const [oldest, combination] of combinations) {
        if (this.forms.has(combination)) continue;
        combinations.delete(oldest);
        break;
      }
    }
    const combination: Combination = { document, asked: 0 };
    combinations.set(key, combination);
    return combination;
  }

  private compile(operation: OperationDefinitionNode, combination: Combination): CompiledForm | undefined {
    const { selection } = combination;
    if (!selection || !this.budget.spend(selection.fieldCount)) return undefined;
    const form = CompiledForm.of(this.schemaOfForms, operation, selection);
    combination.selection = form === undefined ? null : undefined;
    if (form === undefined) return undefined;
    this.forms.set(combination, form);
    combination.document.compiled++;
    return form;
  }

  private formsOf(document: DocumentNode): DocumentForms {
    let forms = this.documents.get(document);
    if (forms === undefined) this.documents.set(document, (forms = { combinations: new Map(), compiled: 0 }));
    return forms;
  }
}
