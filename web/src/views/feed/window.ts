/** The rows of a long list that are drawn: those in sight, and a few around them. Numbers are from the top of the list. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

interface Sight {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** Drawn above and below what is in sight, so that scrolling shows no gap. */
const AROUND = 4;

export function windowOf({ scrollTop, height, rowHeight, count }: Sight): Window {
  const first = Math.floor(scrollTop / rowHeight) - AROUND;
  const last = Math.ceil((scrollTop + height) / rowHeight) + AROUND;
  const to = Math.max(0, Math.min(count, last));
  return { from: Math.max(0, Math.min(first, to)), to };
}
