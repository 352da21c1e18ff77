import { Year } from './year';

/** The name of a CSV file about a department in a year, without its ending. */
export const fileName = ({ department, fiscalYear }: Year, part: string): string =>
  `mingjian-${department}-${String(fiscalYear)}-${part}`;
