import { LocalDate, parseLocalDate } from '../../kernel/time';
import { short } from './texts';

const WRITTEN = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;

/** A day as tables write it: 2023-03-05, 2023/3/5, 2023年3月5日, 20230305; undefined if it is none. */
export function readDay(text: string): LocalDate | undefined {
  const given = short(text).normalize('NFKC').trim();
  const [, year = '', month = '', day = ''] = WRITTEN.exec(given) ?? DIGITS.exec(given) ?? [];
  return parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
