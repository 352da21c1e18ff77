import { read } from '@e965/xlsx';
import fc from 'fast-check';
import { csvLine } from '../../../src/exports/formats/csv-line';
import { spreadsheetText } from '../../../src/exports/formats/spreadsheet-text';
import { runs } from '../../support/property';
import { CHANGED, LEFT, oddText, unwrapped } from './texts';

/** What @e965/xlsx shows for each text, in one cell of a file. */
function shownBySheetJs(texts: readonly string[]): readonly string[] {
  const file = `\ufeffnumber,text\r\n${texts.map((text, index) => csvLine([index, text], true)).join('')}`;
  const { Sheets, SheetNames } = read(Buffer.from(file), { type: 'buffer' });
  const sheet = Sheets[SheetNames[0]!]!;
  return texts.map((_, index) => String(sheet[`B${index + 2}`]?.v ?? ''));
}

test.each(Object.entries(CHANGED))('%s is protected: %j', (_, text) => {
  const cell = spreadsheetText(text);
  expect(cell).not.toBe(text);
  expect([unwrapped(cell), shownBySheetJs([text])]).toEqual([text, [text]]);
});

test.each(LEFT)('%j is written unchanged', (text) => {
  expect([spreadsheetText(text), shownBySheetJs([text])]).toEqual([text, [text]]);
});

test('@e965/xlsx shows every text unchanged', () => {
  fc.assert(
    fc.property(fc.array(oddText(['\n', '\r', '\r\n']), { minLength: 1, maxLength: 200 }), (texts) => {
      expect(shownBySheetJs(texts)).toEqual(texts);
    }),
    runs(100),
  );
});

test('a program can get the text back from its cell', () => {
  const aText = fc.oneof(
    oddText(['\n']),
    fc.string({ unit: 'grapheme' }),
    oddText().map((text) => text.repeat(100)),
  );
  fc.assert(
    fc.property(aText, (text) => {
      expect(unwrapped(spreadsheetText(text))).toBe(text);
    }),
    runs(5_000),
  );
});

test('no cell is a formula, except one that returns a text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'),
      fc.string({ maxLength: 400 }),
      (sign, rest) => {
        expect(spreadsheetText(sign + rest)).toMatch(/^(="([^"]|"")*"|'[^]*)$/);
      },
    ),
    runs(2_000),
  );
});

test('Excel accepts 255 characters in a formula; a longer text gets an apostrophe before it', () => {
  expect(spreadsheetText('='.repeat(255))).toBe(`="${'='.repeat(255)}"`);
  expect(spreadsheetText('='.repeat(256))).toBe(`'${'='.repeat(256)}`);
  // A quotation mark is written twice.
  expect(spreadsheetText(`=${'"'.repeat(127)}`)).toBe(`="=${'"'.repeat(254)}"`);
  expect(spreadsheetText(`=${'"'.repeat(128)}`)).toBe(`'=${'"'.repeat(128)}`);
  const digits = '7'.repeat(300);
  expect([spreadsheetText(digits), shownBySheetJs([digits])]).toEqual([`'${digits}`, [`'${digits}`]]);
});

test('a line that is not for spreadsheets has its texts unchanged', () => {
  const texts = Object.values(CHANGED);
  fc.assert(
    fc.property(fc.constantFrom(...texts), (text) => {
      const quoted = /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      expect(csvLine([text, 7, null], false)).toBe(`${quoted},7,\r\n`);
    }),
    runs(200),
  );
});
