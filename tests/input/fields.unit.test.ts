import { asSent } from '../../src/input/as-sent';
import { Field, inputObject } from '../../src/input/field';
import {
  amount,
  anyOf,
  code,
  decimal,
  flag,
  id,
  integer,
  label,
  list,
  object,
  optional,
  orDefault,
  text,
  upperBound,
} from '../../src/input/fields';
import { refuseReversed } from '../../src/input/ranges';
import { readInput } from '../../src/input/read-input';
import { LedgerCalendar } from '../../src/kernel/time';

const calendar = new LedgerCalendar('Asia/Shanghai');
const inputOf = <Value>(field: Field<Value>) => inputObject('Input', '输入。An input.', { value: field });
/** The input is all arguments of a field, so paths begin at the field. */
const read = (field: Field, value: unknown) => readInput(inputOf(field), { value }, { calendar });

const UPPER = upperBound();
const COLOURS = anyOf(code(), { most: 2 }, '');

test.each<[string, Field, unknown, unknown]>([
  ['a label of 500 characters', label(), 'x'.repeat(500), 'x'.repeat(500)],
  ['a text up to its bound', text('', { most: 5 }), 'abcde', 'abcde'],
  ['a blank text', text(), ' ', ' '],
  ['an id of 512 characters', id(), 'x'.repeat(512), 'x'.repeat(512)],
  ['a number at the lower bound', decimal('', { min: '0', max: '100' }), '0', '0'],
  ['a number at the upper bound', decimal('', { min: '0', max: '100' }), '100', '100'],
  ['a negative number without bounds', decimal(), '-1', '-1'],
  ['an empty list', list(code(), { most: 2 }), [], []],
  ['as many values as a filter takes', COLOURS, ['a', 'b'], ['a', 'b']],
  ['a date as an upper bound', UPPER, '2023-06-30', Date.parse('2023-06-30T23:59:59.999+08:00')],
  ['an instant as an upper bound', UPPER, '2023-06-30T00:00:00Z', Date.parse('2023-06-30T00:00:00Z')],
])('%s is read', (_what, field, sent, value) => {
  expect(read(field, sent)).toEqual({ ok: true, value: { value } });
});

test.each<[string, Field, unknown, string]>([
  ['a label of 501 characters', label(), 'x'.repeat(501), 'must not be blank, and at most 500 characters long'],
  ['a text above its bound', text('', { most: 5 }), 'abcdef', 'must be at most 5 characters long'],
  ['a blank text that says something', text('', { blank: 'refused' }), ' ', 'must not be blank'],
  ['a number for a text that is not blank', text('', { blank: 'refused' }), 1, 'must be a text'],
  ['an id of 513 characters', id(), 'x'.repeat(513), 'must be at most 512 characters long'],
  ['a text for a whole number', integer('', () => true, ''), '1', 'must be a whole number'],
  ['a number below its bound', decimal('', { min: '0' }), '-0.1', 'must be a decimal number of at least 0'],
  ['a number above its bound', decimal('', { max: '100' }), '100.1', 'must be a decimal number of at most 100'],
  ['words for a number', decimal('', { min: '0' }), 'one', 'must be a decimal number of at least 0'],
  ['words for a number without bounds', decimal(), 'one', 'must be a decimal number'],
  ['digits up to the bound of all scalars', decimal(), '1'.repeat(128), 'must be a decimal number'],
  [
    'a number below both bounds',
    decimal('', { min: '0', max: '9' }),
    '-1',
    'must be a decimal number of at least 0 and of at most 9',
  ],
  ['a number for an amount', amount('', 'allowed'), 1, 'must be a text'],
  ['words for a moment', UPPER, 'today', 'must be an RFC 3339 instant with an offset, or a date that exists'],
  ['more values than a filter takes', COLOURS, ['a', 'b', '-'], 'must have at most 2 values'],
  ['an object for the values of a filter', COLOURS, {}, 'must be a list'],
])('%s is refused', (_what, field, sent, message) => {
  expect(read(field, sent)).toEqual({
    ok: false,
    refusal: { kind: 'BAD_USER_INPUT', violations: [{ path: '/value', message }] },
  });
});

describe('a range', () => {
  const Range = inputObject(
    'Range',
    '区间。A range.',
    { from: optional(UPPER), to: optional(UPPER) },
    refuseReversed('from', 'to'),
  );
  const [earlier, later] = ['2023-06-29', '2023-06-30'];

  test.each([{}, { from: later }, { to: earlier }, { from: later, to: later }, { from: earlier, to: later }])(
    'may be %j',
    (sent) => {
      expect(readInput(Range, sent, { calendar })).toMatchObject({ ok: true });
    },
  );

  test('that ends before it begins is refused', () => {
    expect(readInput(Range, { from: later, to: earlier }, { calendar })).toMatchObject({
      refusal: { violations: [{ path: '/to', message: 'must not lie before from' }] },
    });
  });
});

describe('what an idempotency key means', () => {
  const Part = inputObject('Part', '部分。A part.', { code: code(), open: orDefault(flag(), false) });

  test.each<[string, Field, unknown, unknown]>([
    ['an object', object(Part), { code: 'a' }, { code: 'a', open: false }],
    ['the objects of a list', list(object(Part), { most: 2 }), [{ code: 'a' }], [{ code: 'a', open: false }]],
  ])('has the defaults of %s', (_what, field, sent, meant) => {
    expect(asSent(inputOf(field), { value: sent })).toEqual({ value: meant });
  });

  test('has the natural key of a reference', () => {
    const reference = { ...id(), naturalKey: (sent: string) => `natural ${sent}` };
    expect(asSent(inputOf(reference), { value: 'x' })).toEqual({ value: 'natural x' });
  });
});
