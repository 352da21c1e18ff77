import * as fc from 'fast-check';
import { readBoth } from '../../web/src/language/both';
import { dayOf, dayText, isDay, isInstant, timeText } from '../../web/src/language/dates';
import { preferredLanguage } from '../../web/src/language/language';
import { formatDecimal, formatFen, formatYuan, percentText, readYuan, writeYuan } from '../../web/src/language/money';
import { csvText } from '../../web/src/table/csv';
import { clickedOrder, decimalKey, sorted } from '../../web/src/table/sorting';

/** What the page makes of the texts that the API answers. */

test.each([
  ['116040800.00', 'YUAN', '116,040,800.00'],
  ['116040800.00', 'WAN_YUAN', '11,604.08'],
  ['116040800.00', 'YI_YUAN', '1.160408'],
  ['-0.01', 'WAN_YUAN', '−0.000001'],
  ['0.00', 'YI_YUAN', '0.00'],
  ['9999999999999999.99', 'WAN_YUAN', '999,999,999,999.999999'],
] as const)('%s yuan in %s is shown as %s', (yuan, unit, shown) => {
  expect(formatYuan(yuan, unit)).toBe(shown);
});

test('an amount is shown exactly in every unit, however large it is', () => {
  const places = { YUAN: 2, WAN_YUAN: 6, YI_YUAN: 10 } as const;
  const units = fc.constantFrom('YUAN' as const, 'WAN_YUAN' as const, 'YI_YUAN' as const);
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), units, (fen, unit) => {
      const [integer = '', fraction = ''] = formatFen(fen, unit).replace('−', '-').replaceAll(',', '').split('.');
      expect(BigInt(integer + fraction.padEnd(places[unit], '0'))).toBe(fen);
      expect(readYuan(writeYuan(fen))).toBe(fen);
    }),
  );
});

test('what is no amount is not shown as one', () => {
  for (const text of ['', '1.234', '1e3', 'NaN', '1,000.00']) expect(() => readYuan(text)).toThrow(RangeError);
});

test('decimals keep their digits', () => {
  expect(formatDecimal('1234567.890')).toBe('1,234,567.890');
  expect(formatDecimal('-98')).toBe('−98');
  expect(formatDecimal('12345接通率')).toBe('12345接通率');
  expect(percentText('43.19')).toBe('43.19%');
  expect(percentText(null)).toBe('—');
});

const SHANGHAI = { language: 'en', style: 'words', timeZone: 'Asia/Shanghai' } as const;

test('days are those of the ledger, wherever the browser is', () => {
  expect(dayOf('2023-12-31T15:59:59.999Z', 'Asia/Shanghai')).toBe('2023-12-31');
  expect(dayOf('2023-12-31T16:00:00.000Z', 'Asia/Shanghai')).toBe('2024-01-01');
  expect(dayText('2023-07-31', SHANGHAI)).toBe('31 July 2023');
  expect(dayText('2023-07-31', { ...SHANGHAI, language: 'zh' })).toBe('2023年7月31日');
  expect(dayText('2023-07-31', { ...SHANGHAI, style: 'numbers' })).toBe('2023-07-31');
  expect(timeText('2023-07-30T16:05:00.000Z', SHANGHAI)).toBe('31 July 2023 00:05');
});

test('what is no day or no time is shown as it is, whatever an address says', () => {
  const texts = ['hello', '2023-13-45', '2023-02-30', '0000-00-00', '99999-01-01', '', '\u202e2023-01-01'];
  for (const text of texts) {
    expect(dayText(text, SHANGHAI)).toBe(text);
    expect(isDay(text)).toBe(false);
    expect(isInstant(text)).toBe(false);
  }
  expect([timeText('hello', SHANGHAI), dayOf('hello', 'Asia/Shanghai')]).toEqual(['hello', 'hello']);
  expect([isDay('2024-02-29'), isDay('2023-02-29')]).toEqual([true, false]);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(typeof dayText(text, SHANGHAI) + typeof timeText(text, SHANGHAI)).toBe('stringstring');
    }),
  );
});

test('the first language of the browser that the page has is chosen', () => {
  expect(preferredLanguage(['fr-FR', 'zh-Hant-TW', 'en'])).toBe('zh');
  expect(preferredLanguage(['de', 'en-US'])).toBe('en');
  expect(preferredLanguage(['fr'])).toBe('en');
});

test('a text in both languages is taken apart', () => {
  expect(readBoth('应达 80%，现为 0.00%。From 10-31 on, 80 % should be spent.')).toEqual({
    zh: '应达 80%，现为 0.00%。',
    en: 'From 10-31 on, 80 % should be spent.',
  });
  expect(readBoth('只有中文。')).toEqual({ zh: '只有中文。', en: '只有中文。' });
});

test('a file for spreadsheets has exact numbers and runs no text', () => {
  expect(
    csvText([
      ['名称', '金额'],
      ['=1+1', { number: '-1234567890123456.78' }],
      ['a "b", c', null],
    ]),
  ).toBe('\ufeff名称,金额\r\n' + "'=1+1,-1234567890123456.78\r\n" + '"a ""b"", c",\r\n');
});

test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
  'the text %j is no formula in a file for spreadsheets',
  (text) => {
    const [, cell = ''] = /^\ufeff"?(.*?)"?\r\n$/s.exec(csvText([[text]])) ?? [];
    expect(cell).toBe(`'${text}`);
    // What says that it is a number has to be one.
    expect(csvText([[{ number: text }]])).toBe(csvText([[text]]));
  },
);

test('rows are sorted by exact numbers, and those without one are last', () => {
  const rows = ['9.5', null, '-3', '9007199254740993', '9007199254740992'];
  expect(sorted(rows, decimalKey, true)).toEqual(['9007199254740993', '9007199254740992', '9.5', '-3', null]);
  expect(sorted(rows, decimalKey, false)).toEqual(['-3', '9.5', '9007199254740992', '9007199254740993', null]);
});

test('a second click on a column turns its order round', () => {
  const first = clickedOrder({ column: 'revised', isDescending: true }, 'executed');
  expect(first).toEqual({ column: 'executed', isDescending: true });
  expect(clickedOrder(first, 'executed')).toEqual({ column: 'executed', isDescending: false });
});
