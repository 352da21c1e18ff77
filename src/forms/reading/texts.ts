/**
 * How texts of cells are compared and recorded. Cells come from strangers, and may have 20,000 characters: no pattern here takes more than
 * linear time.
 */

/** The number of a page that was pasted into the text (`-5-数据经纪人`), in full-width characters too. */
const PAGE_NUMBER = /(?:^|(?<=[\p{Script=Han}。;；,，]))\s*[-－]\s*[\d０-９]{1,3}\s*[-－]\s*/gu;

/** The text as it is recorded: as it was written, without the number of a page. */
export const written = (text: string): string => text.replace(PAGE_NUMBER, '').trim();

/** The text as it is compared and read: full-width characters as half-width ones. */
export const cleaned = (text: string): string => written(text.normalize('NFKC'));

/** What forms write for "nothing". It is not 0. */
const NOTHING = /^(?:[-—–―_/\\*.·…、\s]+|无|不适用|N\/?A)?$/i;

export const saysNothing = (text: string): boolean => NOTHING.test(cleaned(text));

/** No title, number, unit or code is longer. */
const LONGEST = 200;

/** The text without what is beyond the longest title or number: then it is neither. */
export const short = (text: string): string => (text.length <= LONGEST ? text : '');

/** A title without spaces, remarks in brackets, and a colon at its end. Titles that people read as the same have the same key. */
export const titleKey = (text: string): string =>
  short(text)
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^其中:/, '')
    .replace(/\([^()]*\)/g, '')
    .replace(/[:;,%*]+$/, '');

/** Before the names of indicators, forms print `指标1：`. */
const NUMBERED = /^指标\s*(?:[\d０-９]+\s*)?[:：.．、]\s*/;

/** A name without the number before it, as it is recorded; empty for a placeholder such as `……` or `指标2：`. */
export function nameIn(text: string): string {
  const name = written(text).replace(NUMBERED, '');
  return saysNothing(name) || /^指标\s*\d*$/.test(cleaned(name)) ? '' : name;
}

/** Names that people read as the same have the same key. */
export const nameKey = (name: string): string => cleaned(nameIn(name));
