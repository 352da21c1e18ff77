/** The rules that several features have: 中文。English. */

export const NOT_CORRECTABLE =
  '不可更正。The change is not an original fact, or the part cannot be corrected: a correction of a reversal can restate only its effective date.';
