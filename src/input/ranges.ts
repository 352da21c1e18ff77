import { CheckContext } from './field';

/** A check that refuses a range that ends before it begins, because nothing could match it. Both bounds are inclusive. */
export const refuseReversed =
  <From extends string, To extends string>(from: From, to: To) =>
  (value: Readonly<Partial<Record<From | To, number>>>, { refuse }: CheckContext): void => {
    const [first = -Infinity, last = Infinity] = [value[from], value[to]];
    if (first > last) refuse(`/${to}`, `must not lie before ${from}`);
  };
