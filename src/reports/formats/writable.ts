/** Without the control characters that XML cannot hold. */
export const writable = (text: string): string =>
  text.replace(/[\p{Cc}\ufffe\uffff]/gu, (character) => ('\t\n\r'.includes(character) ? character : '\ufffd'));
