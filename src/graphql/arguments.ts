import { getMetadataStorage, ResolverData } from 'type-graphql';
import { InputObject } from '../input/field';
import { readInput } from '../input/read-input';
import { Awaitable, awaitedLater } from '../kernel/async';
import { Refusal, refused, Refused } from '../kernel/refusal';
import { isUnicode, NOT_UNICODE } from '../kernel/unicode';
import { RequestContext } from './context';
import { argumentsOf } from './field-arguments';

type Param = NonNullable<ReturnType<typeof getMetadataStorage>['queries'][number]['params']>[number];
type Read = (data: ResolverData) => unknown;

/**
 * Has every resolver read its arguments at once: type-graphql would make several promises for each argument, which cost more than
 * most answers. It looks its parameters up at each call, so a schema that is built already follows.
 *
 * Declared arguments (field-arguments.ts) are read as inputs are. Any other argument is given as it was sent: graphql-js has
 * judged its type, and the resolver or the action judges the rest.
 */
export function readArgumentsAtOnce(): void {
  const { queries, mutations, fieldResolvers, subscriptions } = getMetadataStorage();
  for (const resolver of [...queries, ...mutations, ...fieldResolvers, ...subscriptions]) {
    resolver.params = resolver.params?.map((param) => {
      const read = readerOf(param);
      return read === undefined ? param : custom(param, read);
    });
  }
}

function readerOf(param: Param): Read | undefined {
  if (param.kind === 'arg') return asSent(param.name);
  const declared = param.kind === 'args' ? argumentsOf(param.getType()) : undefined;
  return declared && readDeclared(declared);
}

const asSent =
  (name: string): Read =>
  ({ args }) => {
    const value: unknown = args[name];
    if (typeof value !== 'string' || isUnicode(value)) return value;
    const violations = [{ path: `/${name}`, message: NOT_UNICODE }];
    return rejected(refused({ kind: 'BAD_USER_INPUT', violations }).refusal);
  };

const readDeclared =
  (declared: InputObject): Read =>
  ({ args, context }) => {
    // Other parameters of the resolver take the other arguments of the field.
    const own = Object.fromEntries(Object.keys(declared.fields).map((name) => [name, args[name] as unknown]));
    const read = readInput(declared, own, { calendar: (context as RequestContext).services.calendar });
    return read.ok ? read.value : rejected(read.refusal);
  };

/** A refusal is a promise still: type-graphql waits for it together with those of the other parameters, unless another parameter throws. */
const rejected = (refusal: Refusal): Awaitable<never> => awaitedLater(Promise.reject(new Refused(refusal)));

const custom = ({ target, methodName, index }: Param, resolver: Read): Param => ({
  kind: 'custom',
  target,
  methodName,
  index,
  options: {},
  resolver,
});
