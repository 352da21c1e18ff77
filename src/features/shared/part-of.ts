import { Fields, ValueOf } from '../../input/field';

/** The values of these fields in the value of an input that has more, in the order of the fields. */
export const partOf = <F extends Fields>(fields: F, input: ValueOf<F>): ValueOf<F> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, input[name]])) as ValueOf<F>;
