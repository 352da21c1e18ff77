/** The characters that Unicode's case folding changes. Of Cherokee it changes the small letters, and `lower` the capital ones. */
const CASED = /[\p{Changes_When_Casefolded}\p{Script=Cherokee}]/gu;

/**
 * The text in the form in which names are compared: NFKC makes compatible forms equal, such as full-width letters, and case folding
 * makes capital and small letters equal.
 */
export const folded = (text: string): string => text.normalize('NFKC').replace(CASED, lower).normalize('NFKC');

/**
 * One letter is folded by itself: `toLowerCase` of a whole text writes the last sigma of a word in another way. Going through the
 * capital form makes ß and ẞ equal to ss.
 */
const lower = (letter: string): string => letter.toLowerCase().toUpperCase().toLowerCase();
