import { LocalDate } from '../language/dates';

/** The days of one quarter of a year, both inclusive. */
export interface Quarter {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The quarters from the one of the last day back to the one of the first day: the newest first. */
export function quartersBack(first: LocalDate, last: LocalDate): readonly Quarter[] {
  const quarters: Quarter[] = [];
  for (let index = indexOf(last); index >= indexOf(first); index--) quarters.push(quarterAt(index));
  return quarters;
}

/** Quarters are counted from the year 0. */
const indexOf = (day: LocalDate): number => Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);

const ENDS = ['03-31', '06-30', '09-30', '12-31'] as const;
const STARTS = ['01-01', '04-01', '07-01', '10-01'] as const;

function quarterAt(index: number): Quarter {
  const [year, quarter] = [String(Math.floor(index / 4)).padStart(4, '0'), index % 4];
  return { from: `${year}-${STARTS[quarter] ?? ''}`, to: `${year}-${ENDS[quarter] ?? ''}` };
}
