import { displayWidth } from '../../src/cli/display-width';
import { localTimes } from '../../src/cli/local-time';
import { printable, table } from '../../src/cli/table';

test.each([
  ['', 0],
  ['budget', 6],
  ['万元', 4],
  ['惠财预〔2023〕1号', 17],
  ['，。（）', 8],
  ['A：甲', 5],
  ['𠮷', 2],
  ['ｱｲ', 2],
  ['e\u0301', 1],
  ['a\u200bb', 2],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test('amounts end, and texts begin, in the same column, even after wide characters', () => {
  const columns = [{ title: '文号' }, { title: 'yuan', align: 'right' }, { title: 'why' }] as const;
  const rows = [
    ['惠财〔2024〕5号', '-34.71', '重复下达'],
    ['7', '10000000.00', ''],
    ['', '', 'none'],
  ];
  expect(table(columns, rows).split('\n')).toEqual([
    '文号                    yuan  why',
    '---------------  -----------  --------',
    '惠财〔2024〕5号       -34.71  重复下达',
    '7                10000000.00',
    '                              none',
    '',
  ]);
});

test('without rows there are only the titles, and a short row is filled up', () => {
  expect(table([{ title: 'a' }, { title: 'b' }], [])).toBe('a  b\n-  -\n');
  expect(table([{ title: 'a' }, { title: 'b' }], [['1']])).toBe('a  b\n-  -\n1\n');
});

test('recorded texts cannot control the terminal', () => {
  const text = '\u001b[2J甲\r乙\n丙\u202e';
  expect(printable(text)).toBe(' [2J甲 乙 丙 ');
  expect(table([{ title: 'why' }], [[text]])).toBe(`why\n-------------\n [2J甲 乙 丙\n`);
});

test("times are in the ledger's time zone; the first moment of a day is printed as the day", () => {
  const print = localTimes('Asia/Shanghai');
  expect(print('2023-06-27T16:00:00.000Z')).toBe('2023-06-28');
  expect(print('2023-06-30T15:59:59.999Z')).toBe('2023-06-30 23:59:59');
  expect(print('2023-12-31T16:00:01.000Z')).toBe('2024-01-01 00:00:01');
  expect(localTimes('UTC')('2023-06-27T16:00:00.000Z')).toBe('2023-06-27 16:00:00');
});
