import { Args, ArgsType, ClassType } from 'type-graphql';
import { CheckContext, Fields, InputObject, inputObject, ValueOf } from '../input/field';
import { declareField } from './input-types';

const objects = new Map<unknown, InputObject>();
const types = new Map<InputObject, ClassType>();

/** Declares the arguments of a field as those of an input object are declared. */
export const fieldArguments = <F extends Fields>(
  fields: F,
  check?: (value: Partial<ValueOf<F>>, context: CheckContext) => void,
): InputObject<ValueOf<F>> => inputObject('', '', fields, check);

/** The parsed values that a parameter with such arguments receives. */
export type ArgumentsOf<Of> = Of extends InputObject<infer Value> ? Value : never;

/** A parameter that gets the arguments of the field. */
export function Arguments(of: InputObject): ParameterDecorator {
  const type = typeOf(of);
  return Args(() => type) as ParameterDecorator;
}

/** The declared arguments that each generated class was made from. */
export const argumentsOf = (type: unknown): InputObject | undefined => objects.get(type);

function typeOf(object: InputObject): ClassType {
  let type = types.get(object);
  if (type === undefined) {
    types.set(object, (type = class {}));
    objects.set(type, object);
    ArgsType()(type);
    for (const [name, field] of Object.entries(object.fields)) declareField(type, name, field);
  }
  return type;
}
