import { asSent } from '../../src/input/as-sent';
import { choice } from '../../src/input/choice';
import { inputObject } from '../../src/input/field';
import {
  amount,
  code,
  date,
  decimal,
  fiscalYear,
  flag,
  label,
  later,
  list,
  moneyUnit,
  object,
  oneOf,
  optional,
  orDefault,
  text,
  timeOfFact,
} from '../../src/input/fields';
import { readInput } from '../../src/input/read-input';
import { LedgerCalendar } from '../../src/kernel/time';

const Colours = choice('Colour', ['RED', 'BLUE'], '颜色。A colour.', { RED: '红。Red.', BLUE: '蓝。Blue.' });
const Line = inputObject('Line', '行。A line.', { code: code(), amount: amount('', 'refused') });
const Order = inputObject(
  'Order',
  '订单。An order.',
  {
    name: label(),
    year: optional(fiscalYear()),
    on: optional(date()),
    from: optional(timeOfFact()),
    weight: optional(decimal('', { min: '0', max: '100' })),
    colour: orDefault(oneOf(Colours), 'RED'),
    open: orDefault(flag(), false),
    note: optional(text('', { most: 5 })),
    unit: moneyUnit(),
    total: optional(amount('', 'allowed')),
    lines: optional(list(object(Line), { most: 2, notEmpty: 'must have at least one line' })),
  },
  ({ name, note }, { refuse, isGiven }) => {
    if (name === note) refuse('/note', 'must not repeat the name');
    if (isGiven('year') && isGiven('on')) refuse('', 'takes a year or a day, not both');
  },
);

const read = (sent: unknown) =>
  readInput(Order, sent, { argument: 'input', calendar: new LedgerCalendar('Asia/Shanghai') });

const violationsOf = (sent: unknown): readonly (readonly [string, string])[] => {
  const result = read(sent);
  if (result.ok || result.refusal.kind !== 'BAD_USER_INPUT') throw new Error('it was not refused');
  return result.refusal.violations.map(({ path, message }) => [path, message]);
};

describe('an input that is right', () => {
  it('is read as values', () => {
    const sent = {
      name: '甲',
      on: '2023-06-30',
      from: '2023-06-30',
      weight: '+01.50',
      colour: 'BLUE',
      lines: [{ code: 'L1', amount: '0.03' }],
      unit: 'WAN_YUAN',
      total: '0',
    };
    expect(read(sent)).toEqual({
      ok: true,
      value: {
        name: '甲',
        year: undefined,
        on: '2023-06-30',
        from: Date.parse('2023-06-30T00:00:00+08:00'),
        weight: '1.50',
        colour: 'BLUE',
        open: false,
        note: undefined,
        unit: 'WAN_YUAN',
        total: 0n,
        lines: [{ code: 'L1', amount: 30_000n }],
      },
    });
  });

  it('means the same if a part is null as if it is left out', () => {
    const nulls = { name: '甲', year: null, colour: null, unit: null, lines: null };
    expect(read(nulls)).toEqual(read({ name: '甲' }));
    expect(asSent(Order, nulls)).toEqual(asSent(Order, { name: '甲' }));
  });

  it('has its amounts in yuan if it names no unit', () => {
    const inYuan = { ok: true, value: expect.objectContaining({ unit: 'YUAN', total: 100n }) as unknown };
    expect(read({ name: '甲', total: '1' })).toEqual(inYuan);
    expect(read({ name: '甲', total: '1', unit: null })).toEqual(inYuan);
  });

  it('may have null for one of two parts that exclude each other', () => {
    expect(read({ name: '甲', year: null, on: '2023-06-30' })).toMatchObject({ ok: true });
  });

  it('keeps what was sent, with the defaults', () => {
    expect(asSent(Order, { name: '甲', weight: '+01.50', lines: [{ code: 'L1', amount: '1' }] })).toEqual({
      name: '甲',
      weight: '+01.50',
      colour: 'RED',
      open: false,
      unit: 'YUAN',
      lines: [{ code: 'L1', amount: '1' }],
    });
  });

  it('is kept without the defaults of the fields that it got later', () => {
    const grown = inputObject('Grown', '', {
      code: code(),
      unit: later(moneyUnit()),
      open: later(orDefault(flag(), false)),
    });
    for (const sent of [{}, { unit: 'YUAN', open: false }, { unit: null, open: null }]) {
      expect(asSent(grown, { code: 'L1', ...sent })).toEqual({ code: 'L1' });
    }
    expect(asSent(grown, { code: 'L1', unit: 'WAN_YUAN', open: true })).toEqual({
      code: 'L1',
      unit: 'WAN_YUAN',
      open: true,
    });
  });
});

describe('an input that is wrong', () => {
  it('is refused with every violation, each with its path', () => {
    const sent = {
      name: ' ',
      year: 1,
      on: '2023-02-29',
      weight: '101',
      note: 'too long',
      lines: [
        { code: '-', amount: '1.001' },
        { code: 'L2', amount: '0' },
      ],
    };
    expect(violationsOf(sent)).toEqual([
      ['/input/name', 'must not be blank, and at most 500 characters long'],
      ['/input/year', 'must be a year from 1949 to 9998'],
      ['/input/on', 'must be a date that exists, such as 2023-06-30'],
      ['/input/weight', 'must be a decimal number of at least 0 and of at most 100'],
      ['/input/note', 'must be at most 5 characters long'],
      ['/input/lines/0/code', 'must be a code: letters, digits, _ and -, at most 64, beginning with a letter or digit'],
      ['/input/lines/0/amount', 'must have at most 2 decimals in yuan'],
      ['/input/lines/1/amount', 'must be more than 0'],
      ['/input', 'takes a year or a day, not both'],
    ]);
  });

  test.each<[string, unknown, readonly (readonly [string, string])[]]>([
    ['no object', 'text', [['/input', 'must be an input object']]],
    ['a list', [], [['/input', 'must be an input object']]],
    ['without what is required', {}, [['/input/name', 'is required']]],
    ['with an unknown part', { name: 'a', nam: 1 }, [['/input/nam', 'is not known']]],
    ['with a part of the prototype', { name: 'a', constructor: 1 }, [['/input/constructor', 'is not known']]],
    ['with a number for a text', { name: 1 }, [['/input/name', 'must be a text']]],
    ['with a text for a number', { name: 'a', year: '2023' }, [['/input/year', 'must be a whole number']]],
    ['with a fraction for a whole number', { name: 'a', year: 2023.5 }, [['/input/year', 'must be a whole number']]],
    ['with another value of a choice', { name: 'a', colour: 'GREEN' }, [['/input/colour', 'must be one of RED, BLUE']]],
    ['with a text for a flag', { name: 'a', open: 'true' }, [['/input/open', 'must be true or false']]],
    ['with an object for a list', { name: 'a', lines: {} }, [['/input/lines', 'must be a list']]],
    ['with an empty list', { name: 'a', lines: [] }, [['/input/lines', 'must have at least one line']]],
    ['with a text for an object', { name: 'a', lines: ['x'] }, [['/input/lines/0', 'must be an input object']]],
    ['with a null in a list', { name: 'a', lines: [null] }, [['/input/lines/0', 'must be an input object']]],
    [
      'with half of a character',
      { name: 'a\uD800' },
      [['/input/name', 'has half of a surrogate pair, which is no character']],
    ],
    [
      'with a text that is too long for a number',
      { name: 'a', weight: '1'.repeat(129) },
      [['/input/weight', 'must be a text of at most 128 characters']],
    ],
  ])('%s', (_name, sent, violations) => {
    expect(violationsOf(sent)).toEqual(violations);
  });

  it('is not judged as a whole while a part has the wrong type', () => {
    expect(violationsOf({ name: 5, note: 5 })).toEqual([
      ['/input/name', 'must be a text'],
      ['/input/note', 'must be a text'],
    ]);
  });

  it('reports items of a list that is too long up to its bound', () => {
    const lines = Array.from({ length: 3 }, () => ({ code: 'L', amount: '0' }));
    expect(violationsOf({ name: 'a', lines })).toEqual([
      ['/input/lines', 'must have at most 2 items'],
      ['/input/lines/0/amount', 'must be more than 0'],
      ['/input/lines/1/amount', 'must be more than 0'],
    ]);
  });

  it('counts the violations above the limit of one answer', () => {
    const sent = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, 1]));
    const result = read(sent);
    expect(result).toMatchObject({ ok: false, refusal: { violationsOmitted: 11 } });
    expect(violationsOf(sent)).toHaveLength(50);
  });
});
