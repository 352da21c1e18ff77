import { Axes } from './plane';

/** More columns or rows could not be read, and each cell is a question to the server. */
export const MOST_STEPS = 24;

/** The part of the plane that is drawn: how many of the last changes and dates are left out. */
export interface Window {
  readonly skippedChanges: number;
  readonly skippedDates: number;
}

export interface WindowedAxes {
  readonly axes: Axes;
  readonly earlierChanges: number;
  readonly earlierDates: number;
}

/** The axes cut to a window. Its row 0 lies between the last date that is left out and the first date of the window. */
export function windowOf({ known, effective }: Axes, { skippedChanges, skippedDates }: Window): WindowedAxes {
  const [columnEnd, rowEnd] = [known.length - skippedChanges, effective.length - skippedDates];
  const [column, row] = [Math.max(0, columnEnd - MOST_STEPS), Math.max(0, rowEnd - MOST_STEPS)];
  return {
    axes: { known: known.slice(column, columnEnd), effective: effective.slice(row, rowEnd) },
    earlierChanges: column,
    earlierDates: row,
  };
}
