/**
 * A code point that a reader can see by itself. Everything else is white space, a format or control character, a filler or
 * another character without ink, a mark with nothing to combine with, or no character at all. The property
 * Default_Ignorable_Code_Point covers zero-width characters, Hangul fillers, variation selectors and tags. Unicode has no
 * property for the characters at the end of the list: object replacement, Braille blank, null notehead and blank hieroglyphs.
 */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}\p{M}\p{Noncharacter_Code_Point}\ufffc\u2800\u{1d159}\u{13441}\u{13442}]/u;

/** Whether a reader would see nothing. The text itself is stored as the client sent it, and is never normalised. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);
