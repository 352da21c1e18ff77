import fc from 'fast-check';
import { isBlank } from '../../src/kernel/blank';
import { runs } from '../support/property';

const codePoints = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
const matching = (pattern: RegExp): readonly string[] => codePoints.filter((character) => pattern.test(character));

/** One example of each class of invisible characters. */
const INVISIBLE: Readonly<Record<string, readonly string[]>> = {
  'white space': matching(/^\p{White_Space}$/u),
  'default ignorable': matching(/^\p{Default_Ignorable_Code_Point}$/u),
  format: matching(/^\p{Cf}$/u),
  control: matching(/^\p{Cc}$/u),
  'combining mark': matching(/^\p{M}$/u),
  surrogate: matching(/^\p{Cs}$/u),
  noncharacter: matching(/^\p{Noncharacter_Code_Point}$/u),
  'variation selector': matching(/^\p{Variation_Selector}$/u),
  'Hangul filler': ['\u3164', '\u115f', '\u1160', '\uffa0'],
  'tag, without the flag that it belongs to': matching(/^[\u{e0001}\u{e0020}-\u{e007f}]$/u),
  'Braille blank': ['\u2800'],
  'object replacement': ['\ufffc'],
  'null notehead': ['\u{1d159}'],
  'blank hieroglyph': ['\u{13441}', '\u{13442}'],
};
const invisible = new Set(Object.values(INVISIBLE).flat());

test.each(Object.entries(INVISIBLE))('a %s is invisible', (_, characters) => {
  expect(characters.length).toBeGreaterThan(0);
  expect(characters.filter((character) => !isBlank(character))).toEqual([]);
});

test('letters, digits, punctuation, symbols and private use are visible', () => {
  const visible = matching(/^[\p{L}\p{N}\p{P}\p{S}\p{Co}]$/u).filter((character) => !invisible.has(character));
  expect(visible.length).toBeGreaterThan(250_000);
  expect(visible.filter(isBlank)).toEqual([]);
});

test.each(['甲', '０', '-', '☃', '👩‍💻', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'é', 'ㅎ', '\u{323af}', '\ue000', '\u200b甲\u200b'])(
  '%j is not blank',
  (text) => {
    expect(isBlank(text)).toBe(false);
  },
);

// Two surrogates may join to a visible character.
const { surrogate: _, ...WHOLE } = INVISIBLE;
const anInvisible = fc.constantFrom(...Object.values(WHOLE)).chain((characters) => fc.constantFrom(...characters));
const invisibleText = fc.array(anInvisible, { maxLength: 30 }).map((characters) => characters.join(''));

test('a text of invisible characters is blank, and one visible character is enough that it is not', () => {
  fc.assert(
    fc.property(invisibleText, fc.constantFrom('甲', 'a', '1', '𠮷'), invisibleText, (before, seen, after) => {
      expect([isBlank(before), isBlank(before + after), isBlank(before + seen + after)]).toEqual([true, true, false]);
    }),
    runs(5_000),
  );
});

test('an empty text is blank', () => {
  expect(isBlank('')).toBe(true);
});
