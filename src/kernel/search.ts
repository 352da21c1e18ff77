/**
 * The first index below `length` that passes the test; `length` if none does. A binary search: the test must be false up to
 * some index and true from there on.
 */
export function firstIndex(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
