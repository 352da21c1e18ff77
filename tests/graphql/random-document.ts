import {
  doTypesOverlap,
  getNamedType,
  GraphQLArgument,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLInputType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isNonNullType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import { schema } from '../../src/app/features';
import { Choose, literalOf, Material, valueFor } from './random-values';

/** A valid document with one operation, and values for its variables. */
export interface RandomDocument {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Response names that a compiler could mishandle; also `a_b` together with `b` below `a`. */
const AWKWARD = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'a',
  'b',
  'a_b',
  'b_a',
  'idx0',
  'idx0_a',
  '__parent',
];
const DEEPEST = 6;
/** The number of parts of a document, before its fragments are written out. */
const PARTS = 28;

interface Fragment {
  readonly name: string;
  readonly type: GraphQLCompositeType;
  readonly text: string;
}

/** `as of`: a query for nothing but what was on record at a position. */
export type RandomOperation = 'query' | 'as of' | 'subscription';

/** Makes documents in which anything can be repeated, nested and conditional. */
export function randomDocument(
  operation: RandomOperation,
  choose: Choose,
  material: Material,
  deepest = DEEPEST,
): RandomDocument {
  return new Writer(choose, material, deepest).document(operation);
}

class Writer {
  private readonly fragments: Fragment[] = [];
  private readonly variables = new Map<string, { readonly definition: string; readonly value: unknown }>();
  /** One response name for each field with its arguments, so that selections with the same name can always be merged. */
  private readonly responseNames = new Map<string, string>();
  private readonly argumentTexts = new Map<string, string>();
  private left = PARTS;

  constructor(
    private readonly choose: Choose,
    private readonly material: Material,
    private readonly deepest: number,
  ) {}

  document(kind: RandomOperation): RandomDocument {
    const operation = kind === 'subscription' ? kind : 'query';
    const selection = this.root(kind);
    const definitions = [...this.variables.values()].map(({ definition }) => definition).join(', ');
    const values = [...this.variables].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]));
    const operationText = `${operation} ${definitions && `(${definitions})`} ${selection}`;
    return {
      query: this.shuffled([operationText, ...this.fragments.map(({ text }) => text)]).join('\n'),
      variables: Object.fromEntries(values),
    };
  }

  private root(kind: RandomOperation): string {
    if (kind === 'query') return this.selection(schema.getQueryType()!, 1);
    const alias = this.one(['', 'a: ', '__proto__: ']);
    if (kind === 'subscription') return `{ ${alias}changes ${this.selection(schema.getType('FeedItem') as never, 1)} }`;
    const at = `{ position: "${this.one(this.material.positions)}" }`;
    return `{ ${alias}asOf(at: ${at}) ${this.selection(schema.getType('Snapshot') as never, 2)} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.choose(4) }, () => this.part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  private part(type: GraphQLCompositeType, depth: number): string {
    if (this.left-- <= 0) return `__typename${this.conditions()}`;
    switch (this.choose(isUnionType(type) ? 5 : 12)) {
      case 0:
        return `__typename${this.conditions()}`;
      case 1:
      case 2:
        return `...${this.spread(type, depth)}${this.conditions()}`;
      case 3:
      case 4: {
        const inner = isAbstractType(type) ? this.overlapping(type) : this.one([type, type, this.overlapping(type)]);
        const condition = inner === type && this.choose(2) === 0 ? '' : ` on ${inner.name}`;
        return `...${condition}${this.conditions()} ${this.selection(inner, depth)}`;
      }
      default:
        return this.field(type, depth);
    }
  }

  /** The name of a fragment: an existing one, or a new one. */
  private spread(type: GraphQLCompositeType, depth: number): string {
    const known = this.fragments.filter((fragment) => doTypesOverlap(schema, fragment.type, type));
    if (known.length > 0 && this.choose(3) > 0) return this.one(known).name;
    const on = this.one([type, this.overlapping(type)]);
    const text = this.selection(on, depth);
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, type: on, text: `fragment ${name} on ${on.name} ${text}` });
    return name;
  }

  private overlapping(type: GraphQLCompositeType): GraphQLCompositeType {
    return this.one(
      Object.values(schema.getTypeMap())
        .filter(isCompositeType)
        .filter((each) => doTypesOverlap(schema, each, type)),
    );
  }

  private field(type: GraphQLCompositeType, depth: number): string {
    if (isUnionType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < this.deepest || !isCompositeType(getNamedType(field.type)),
    );
    if (fields.length === 0) return '__typename';
    const field = this.one(fields);
    const below = getNamedType(field.type);
    const args = this.args(field);
    const name = this.responseName(field, args);
    const alias = name === field.name ? '' : `${name}: `;
    const selection = isCompositeType(below) ? ` ${this.selection(below, depth + 1)}` : '';
    return `${alias}${field.name}${args}${this.conditions()}${selection}`;
  }

  private responseName({ name, type }: GraphQLField<unknown, unknown>, args: string): string {
    const key = `${name}${args}: ${type.toString()}`;
    const known = this.responseNames.get(key);
    if (known !== undefined) return known;
    const taken = new Set(this.responseNames.values());
    const wanted = this.choose(3) === 0 ? this.one(AWKWARD) : name;
    const given = taken.has(wanted) || wanted === '__typename' ? `${name}_${taken.size}` : wanted;
    this.responseNames.set(key, given);
    return given;
  }

  private args(field: GraphQLField<unknown, unknown>): string {
    const key = `${field.name} ${field.args.map(({ name, type }) => `${name} ${type.toString()}`).join()}`;
    const known = this.argumentTexts.get(key);
    if (known !== undefined && this.choose(2) === 0) return known;
    const given = field.args.flatMap((argument) => {
      if (!isRequiredArgument(argument) && this.choose(3) > 0) return [];
      return [`${argument.name}: ${this.argument(argument)}`];
    });
    const text = given.length === 0 ? '' : `(${given.join(', ')})`;
    this.argumentTexts.set(key, text);
    return text;
  }

  private argument(argument: GraphQLArgument): string {
    const value = valueFor(argument, this.material, this.choose);
    if (!isRequiredArgument(argument) && this.choose(12) === 0) return 'null';
    if (this.choose(3) === 0) return this.variable(value, argument.type);
    return literalOf(value, argument.type, (part, type) =>
      !isInputObjectType(getNamedType(type)) && this.choose(3) === 0 ? this.variable(part, type) : undefined,
    );
  }

  /** A new variable of this type: given, null, or left out if it has a default. */
  private variable(value: unknown, type: GraphQLInputType): string {
    const name = `v${this.variables.size}`;
    const hasDefault = this.choose(2) === 0;
    const definition = `$${name}: ${type.toString()}${hasDefault ? ` = ${literalOf(value, type)}` : ''}`;
    const absent = hasDefault && this.choose(2) === 0;
    const isNull = this.choose(isNonNullType(type) ? 40 : 8) === 0;
    this.variables.set(name, { definition, value: absent ? undefined : isNull ? null : value });
    return `$${name}`;
  }

  private conditions(): string {
    if (this.choose(3) > 0) return '';
    const skip = () => `@skip(if: ${this.condition(false)})`;
    const include = () => `@include(if: ${this.condition(true)})`;
    const directives = this.one([[skip], [include], [skip, include], [include, skip]]);
    return ` ${directives.map((write) => write()).join(' ')}`;
  }

  /** Mostly `usual`, so that the conditions rarely remove the whole document. */
  private condition(usual: boolean): string {
    const value = this.choose(3) === 0 ? !usual : usual;
    if (this.choose(3) === 0) return String(value);
    const name = `c${this.choose(4)}`;
    if (!this.variables.has(name)) {
      const type = this.one(['Boolean!', 'Boolean! = true', 'Boolean = false', 'Boolean = true']);
      const given = this.one([true, true, true, false, false, false, undefined]);
      const wrong = this.choose(30) === 0;
      this.variables.set(name, {
        definition: `$${name}: ${type}`,
        value: wrong ? null : type === 'Boolean!' ? (given ?? true) : given,
      });
    }
    return `$${name}`;
  }

  private one<T>(values: readonly T[]): T {
    return values[this.choose(values.length)]!;
  }

  private shuffled<T>(values: readonly T[]): readonly T[] {
    const from = this.choose(values.length);
    return [...values.slice(from), ...values.slice(0, from)];
  }
}
