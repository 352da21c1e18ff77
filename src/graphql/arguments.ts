import { getMetadataStorage, ResolverData, ValidatorFn } from 'type-graphql';
import { andThen, Awaitable } from '../kernel/async';

type MetadataStorage = ReturnType<typeof getMetadataStorage>;
type Types = MetadataStorage['inputTypes'];
type Param = NonNullable<MetadataStorage['queries'][number]['params']>[number];
type ArgumentParam = Extract<Param, { kind: 'arg' | 'args' }>;
type Values = Record<string, unknown>;
type Convert = (args: Values) => unknown;

/**
 * Has queries, fields and items of subscriptions read their arguments without a promise where nothing has to be waited for:
 * type-graphql makes several for each argument, which cost more than most answers. It looks its parameters up at each call, so
 * a schema that is built already follows. Arguments that nest input objects, as those of mutations do, are left to it.
 */
export function readArgumentsAtOnce(validateFn: ValidatorFn): void {
  const storage = getMetadataStorage();
  for (const resolver of [...storage.queries, ...storage.fieldResolvers, ...storage.subscriptions]) {
    resolver.params = resolver.params?.map((param) => {
      if (param.kind !== 'arg' && param.kind !== 'args') return param;
      const convert = conversion(param, storage);
      if (convert === undefined) return param;
      const { target, methodName, index } = param;
      const read = reader(param, convert, param.validateFn ?? validateFn);
      return { kind: 'custom', target, methodName, index, options: {}, resolver: read };
    });
  }
}

const reader =
  (param: ArgumentParam, convert: Convert, validateFn: ValidatorFn) =>
  (data: ResolverData): Awaitable<unknown> => {
    // A refusal is a promise still: type-graphql waits for it together with those of the other parameters.
    try {
      const value = convert(data.args);
      return andThen(validateFn(value, param.getType(), data), () => value);
    } catch (error) {
      const reason = error as Error;
      return Promise.reject(reason);
    }
  };

/** How the value comes from the call's arguments: what type-graphql does, for values without nested objects. */
function conversion(param: ArgumentParam, { argumentTypes, inputTypes }: MetadataStorage): Convert | undefined {
  const type = param.getType();
  const fields = fieldsOf(param.kind === 'args' ? argumentTypes : inputTypes, type);
  if (fields.some((field) => inputTypes.some(({ target }) => target === field.getType()))) return undefined;
  const names = fields.map(({ name }) => name);
  const instance = (values: Values): object => {
    const made = new (type as new () => Values)();
    for (const name of names) if (values[name] !== undefined) made[name] = values[name];
    return made;
  };
  if (param.kind === 'args') return instance;
  const { name, typeOptions } = param;
  if (names.length === 0) return (args) => args[name];
  if (typeOptions.array === true) return undefined;
  return ({ [name]: value }) => (value === undefined || value === null ? value : instance(value as Values));
}

/** Of a decorated class and those that it extends; none of a scalar or an enum. */
function fieldsOf(types: Types, type: unknown): NonNullable<Types[number]['fields']> {
  if (typeof type !== 'function') return [];
  const own = types.find(({ target }) => target === type)?.fields ?? [];
  return [...own, ...fieldsOf(types, Object.getPrototypeOf(type))];
}
