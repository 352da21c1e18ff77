/** The rules that several features have: 中文。English. */

export const NOT_CORRECTABLE =
  '不可更正。The change is not an original fact: corrections and the closing of a budget cannot be corrected.';
