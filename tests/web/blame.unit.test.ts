import { addedBy, factsAt, sumOf } from '../../web/src/blame/facts';
import { formulaAt } from '../../web/src/blame/formula';
import { numberedPath, pathOf, valueAt } from '../../web/src/blame/paths';
import { changeAt } from '../../web/src/blame/value-change';

describe('paths', () => {
  test('name an item of a list by its code, whatever the code contains', () => {
    const path = pathOf('lines', 'A/~1', 'executed');
    expect(path).toBe('/lines/A~1~01/executed');
    expect(valueAt({ lines: [{ code: 'B' }, { code: 'A/~1', executed: '1.00' }] }, path)).toBe('1.00');
    expect(valueAt({ lines: [] }, path)).toBeUndefined();
    expect(valueAt({ latest: null }, '/latest/value')).toBeUndefined();
  });

  test('get the number of the item from the fields of the entity', () => {
    const fields = [
      { path: '/executed', value: '3.00' },
      { path: '/lines/0/code', value: 'A' },
      { path: '/lines/0/executed', value: '1.00' },
      { path: '/lines/1/code', value: 'B' },
      { path: '/lines/1/executed', value: '2.00' },
    ];
    expect(numberedPath(fields, '/lines/B/executed')).toBe('/lines/1/executed');
    expect(numberedPath(fields, '/executed')).toBe('/executed');
    expect(numberedPath(fields, '/lines/C/executed')).toBeUndefined();
  });
});

describe('what a change says about a figure', () => {
  test('is at its path, at the number of its item, or in a list that changed as a whole', () => {
    const fields = [{ path: '/lines/1/executed', before: '1.00', after: '2.00' }];
    expect(changeAt(fields, '/lines/B/executed', '/lines/1/executed')).toEqual({ before: '1.00', after: '2.00' });
    expect(changeAt(fields, '/lines/A/executed', '/lines/0/executed')).toBeUndefined();
    const grown = [
      {
        path: '/lines',
        before: [{ code: 'A', executed: '1.00' }],
        after: [
          { code: 'A', executed: '1.00' },
          { code: 'B', executed: '5.00' },
        ],
      },
    ];
    expect(changeAt(grown, '/lines/A/executed')).toBeUndefined();
    expect(changeAt(grown, '/lines/B/executed')).toEqual({ before: null, after: '5.00' });
  });

  test('counts what was in an object that was nothing before', () => {
    const fields = [{ path: '/latest', before: null, after: { value: '97.4' } }];
    expect(changeAt(fields, '/latest/value')).toEqual({ before: null, after: '97.4' });
    expect(changeAt([], '/latest/value')).toBeUndefined();
  });
});

describe('the facts that an amount is the sum of', () => {
  test('are of the kinds that the amount counts, of the whole budget or of one line', () => {
    expect(factsAt('/executed')).toEqual({ kinds: ['EXPENDITURE', 'REVERSAL', 'REFUND'] });
    expect(factsAt('/lines/CLOUD/opening')).toEqual({ kinds: ['OPENING'], line: 'CLOUD' });
    expect(factsAt('/revised')).toBeUndefined();
    expect(factsAt('/lines/CLOUD/name')).toBeUndefined();
  });

  test('add and take: a transfer takes from one line and gives to the other', () => {
    const transfer = { kind: 'TRANSFER', line: 'A', toLine: 'B', amount: '300.00' } as const;
    expect([addedBy(transfer), addedBy(transfer, 'A'), addedBy(transfer, 'B')]).toEqual([0n, -30_000n, 30_000n]);
    const paid = { kind: 'EXPENDITURE', line: 'A', amount: '120.05' } as const;
    const back = { kind: 'REVERSAL', line: 'A', amount: '20.06' } as const;
    expect(sumOf([paid, back, { ...back, kind: 'REFUND' }])).toBe(7_993n);
  });
});

test('a figure that is computed from others names them, beside it', () => {
  expect(formulaAt('BUDGET', '/revised')).toEqual({ operator: '+', left: '/opening', right: '/adjustment' });
  expect(formulaAt('BUDGET', '/lines/A~1B/executionRate')).toEqual({
    operator: '÷',
    left: '/lines/A~1B/executed',
    right: '/lines/A~1B/revised',
  });
  expect(formulaAt('BUDGET', '/opening')).toBeUndefined();
  expect(formulaAt('TASK', '/remaining')).toBeUndefined();
});
