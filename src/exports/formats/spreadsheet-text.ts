/**
 * Writes a text so that a spreadsheet shows it unchanged. A text that a spreadsheet would change is written as a formula that returns
 * the text, ="…". If it is too long for a formula, an apostrophe is put before it.
 */
export function spreadsheetText(text: string): string {
  if (!wouldChange(text)) return text;
  const quoted = text.replaceAll('"', '""');
  return quoted.length <= LONGEST_IN_FORMULA ? `="${quoted}"` : `'${text}`;
}

/** Excel's limit for a text in a formula. */
const LONGEST_IN_FORMULA = 255;

/** The first characters of formulas and error values, and the apostrophe that marks a cell as text. Invisible characters before them are skipped. */
const SPECIAL_START = /^[\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@#']/u;
const OUTER_SPACE = /^[\p{White_Space}\p{C}]|[\p{White_Space}\p{C}]$/u;
/** A number whose digits are all shown: with more than 11, spreadsheets show powers of ten. */
const SHOWN_NUMBER = /^(0|[1-9]\d{0,10})$/;
const JSON_START = /^[{[]/;
/** 0x1F, also with signs and separators in it. */
const OTHER_RADIX = /^[^\p{L}]*0[^\p{L}\d]*[xob][^\p{L}]*(?:[a-f]+[^\p{L}]*)*$/u;
/** No number or date is longer. */
const EXAMINED = 400;

/**
 * Whether a spreadsheet that opens the text would change it or evaluate it. Spreadsheets in different languages read many texts as
 * numbers or dates. So we list what they do not change: a text with a word that has no meaning in a number or a date.
 */
function wouldChange(text: string): boolean {
  if (text === '' || SHOWN_NUMBER.test(text)) return false;
  if (OUTER_SPACE.test(text)) return true;
  const start = text.slice(0, EXAMINED).normalize('NFKC').toLowerCase();
  if (SPECIAL_START.test(start) || OTHER_RADIX.test(start)) return true;
  return !JSON_START.test(start) && !hasOtherWord(start);
}

const WORD = /[\p{L}\p{M}]+/gu;
/** Words of numbers, dates, times, amounts and truth values: English, and by their characters Chinese, Japanese and Korean. */
const MEANT: ReadonlySet<string> = new Set(
  `january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  a p am pm t z utc gmt st nd rd th ad bc of
  e d x o b inf infinity nan true false
  usd eur gbp cny rmb jpy hkd chf kr`.split(/\s+/),
);
const MEANT_CHARACTERS =
  /^[年月日号號时時点點分秒上下午前後星期周週曜天一二三四五六七八九十廿卅〇零百千万萬亿億兆元圆円角正负年월일시분초오전후]+$/u;

function hasOtherWord(text: string): boolean {
  const firstDigit = text.search(/\p{N}/u);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!MEANT.has(word) && !MEANT_CHARACTERS.test(word)) return true;
    // One letter means something behind a number only: 1E5 and 5 p are numbers, D1 is a code.
    if (/^[a-z]$/.test(word) && index < firstDigit) return true;
  }
  return false;
}
