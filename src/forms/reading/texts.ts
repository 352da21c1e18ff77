/** Full-width characters as half-width ones, without the number of a page that was pasted into the text (`-5-数据经纪人`). */
export const cleaned = (text: string): string => text.normalize('NFKC').replace(PAGE_NUMBER, '').trim();

const PAGE_NUMBER = /(?:^|(?<=[\p{Script=Han}。;,]))\s*-\s*\d{1,3}\s*-\s*/gu;

/** What forms write for "nothing". It is not 0. */
const NOTHING = /^(?:[-—–―_/\\*.·…、\s]+|无|不适用|N\/?A)?$/i;

export const saysNothing = (text: string): boolean => NOTHING.test(cleaned(text));

/** A title without spaces, remarks in brackets, and a colon at its end. Titles that people read as the same have the same key. */
export const titleKey = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^其中:/, '')
    .replace(/\([^()]*\)/g, '')
    .replace(/[:;,%*]+$/, '');

/** A name without the number that forms print before it (`指标1：`); empty for a placeholder such as `……` or `指标2：`. */
export const nameIn = (text: string): string => {
  const name = cleaned(text).replace(/^指标\s*\d*\s*[:.、]\s*/, '');
  return saysNothing(name) || /^指标\s*\d*$/.test(name) ? '' : name;
};
