import { OngoingOperation } from '../../http/ongoing-operation';

const ONGOING = Symbol('the operation that a context belongs to');

/** A property, because Apollo Server hands on a copy of the context. */
export const withOperation = <C extends object>(contextValue: C, operation: OngoingOperation): C =>
  Object.assign(contextValue, { [ONGOING]: operation });

export function operationOf(contextValue: object): OngoingOperation {
  const operation = (contextValue as { readonly [ONGOING]?: OngoingOperation })[ONGOING];
  if (operation === undefined) throw new Error('The context belongs to no operation');
  return operation;
}
