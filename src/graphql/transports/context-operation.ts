import { Metered } from '../execution/metered-lists';
import { OngoingOperation } from '../../http/ongoing-operation';

const ONGOING = Symbol('the operation that a context belongs to');

/** A property, because Apollo Server hands on a copy of the context. */
export function withOperation<C extends Metered>(contextValue: C, operation: OngoingOperation): C {
  operation.cost = () => contextValue.work.cost;
  return Object.assign(contextValue, { [ONGOING]: operation });
}

export function operationOf(contextValue: object): OngoingOperation {
  const operation = (contextValue as { readonly [ONGOING]?: OngoingOperation })[ONGOING];
  if (operation === undefined) throw new Error('The context belongs to no operation');
  return operation;
}
