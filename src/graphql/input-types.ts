import { GraphQLScalarType } from 'graphql';
import { ClassType, Field, ID, InputType, Int } from 'type-graphql';
import { Field as InputField, InputObject, ScalarKind, InputType as SentType } from '../input/field';
import { enumOf } from './enums';
import { DateTimeScalar, DecimalScalar, JSONScalar, LocalDateScalar, MomentScalar, PositionScalar } from './scalars';

/** By fields: inputs with the same fields are one type, even if they are checked differently. */
const known = new WeakMap<InputObject['fields'], ClassType>();

/** The input type of the schema for an input object. */
export function inputTypeOf(object: InputObject): ClassType {
  let type = known.get(object.fields);
  if (type === undefined) {
    known.set(object.fields, (type = class {}));
    InputType(object.name, { description: object.description })(type);
    for (const [name, field] of Object.entries(object.fields)) declareField(type, name, field);
  }
  return type;
}

/** Declares a field of an input type, or an argument of a field. */
export function declareField({ prototype }: ClassType, name: string, field: InputField): void {
  const { description, required, defaultValue } = field;
  // Made now: type-graphql lists its types before it asks the fields for theirs.
  const type = returned(field.type);
  Field(() => type, { nullable: !required, defaultValue, description })(prototype, name);
}

/** What type-graphql's decorators take as a type. */
type Returned = ClassType | GraphQLScalarType | StringConstructor | BooleanConstructor | object | Returned[];

function returned(type: SentType): Returned {
  switch (type.kind) {
    case 'LIST':
      return [returned(type.item)];
    case 'OBJECT':
      return inputTypeOf(type.object);
    case 'CHOICE':
      return enumOf(type.choice);
    default:
      return SCALARS[type.kind];
  }
}

const SCALARS = {
  ID,
  STRING: String,
  INTEGER: Int,
  BOOLEAN: Boolean,
  DECIMAL: DecimalScalar,
  DATE: LocalDateScalar,
  INSTANT: DateTimeScalar,
  MOMENT: MomentScalar,
  POSITION: PositionScalar,
  JSON: JSONScalar,
} satisfies Readonly<Record<ScalarKind, Returned>>;
