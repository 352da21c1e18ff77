/** The rules that several features have: 中文。English. */

export const NOT_CORRECTABLE =
  '不可更正。The change is not an original fact: corrections and the closing of a budget cannot be corrected.';

export const KIND_MISMATCH =
  '类型不符。The value does not fit the direction of the indicator: a qualitative indicator has no target and is observed as a text, any other as a value. Or the line that money is carried over to is not CARRIED_OVER, or has another source of money. Or a line of a scoring template does not take what is said about it: a score of a line that its rule scores, more than its points, outside its bands, or the items of a checklist.';
