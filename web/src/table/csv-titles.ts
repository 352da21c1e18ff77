import { UNIT_SIGNS } from '../language/money';
import { say } from '../language/say';

/** The title of a column with amounts in a CSV file: they are in yuan there, whatever the page shows. */
export const inYuan = (title: string): string => `${title} (${say(UNIT_SIGNS.YUAN)})`;
