import { partsOf } from '../../web/src/blame/differences';
import { qualified, readQualified } from '../../web/src/blame/qualified';
import { relevant } from '../../web/src/views/clocks/relevant';
import { shadesOf } from '../../web/src/views/clocks/shades';

describe('the changes that a map is made from', () => {
  const changes = [
    { type: 'BudgetApproved', fields: ['/opening', '/revised', '/executed', '/lines'] },
    { type: 'ExpenditureRecorded', fields: ['/executed', '/remaining', '/lines/0/executed'] },
    { type: 'BudgetTransferred', fields: ['/lines/0/revised', '/lines/1/revised'] },
    { type: 'BudgetFactCorrected', fields: [] },
  ];
  const typesFor = (path: string, entityType = 'BUDGET') => relevant(changes, entityType, path).map(({ type }) => type);

  test('of an amount are those that touch it, and those that may move a fact to another day', () => {
    expect(typesFor('/revised')).toEqual(['BudgetApproved', 'BudgetFactCorrected']);
    expect(typesFor('/executed')).toEqual(['BudgetApproved', 'ExpenditureRecorded', 'BudgetFactCorrected']);
    expect(typesFor('/lines/CLOUD/revised')).toEqual(['BudgetApproved', 'BudgetTransferred', 'BudgetFactCorrected']);
  });

  test('of a path that is none are those that may move anything, whatever an address says', () => {
    for (const path of ['(', '/lines/(', '[', '/.*', '/lines/CLOUD/.*'])
      expect(typesFor(path)).toContain('BudgetFactCorrected');
    expect(typesFor('/.*')).toEqual(['BudgetFactCorrected']);
  });

  test('of any other entity are all: a later date can hide what a change did', () => {
    expect(typesFor('/progress', 'TASK')).toHaveLength(changes.length);
  });
});

describe('the shades of a map', () => {
  test('follow exact numbers from the smallest to the greatest, whatever their qualifiers', () => {
    const values = ['"98.2"', 'null', '"GT 97.4"', '"9.50"'];
    expect([...shadesOf(values)]).toEqual([
      ['null', 0],
      ['"9.50"', 1],
      ['"GT 97.4"', 2],
      ['"98.2"', 3],
    ]);
  });

  test('of many numbers are spread over all shades; of texts they come in turn', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => JSON.stringify(String(index)));
    const shades = [...shadesOf(numbers).values()];
    expect([Math.min(...shades.slice(1)), Math.max(...shades)]).toEqual([1, 6]);
    expect([...shadesOf(['"DRAFT"', '"SUBMITTED"']).values()]).toEqual([0, 1, 2]);
  });
});

test('an observed value keeps its qualifier', () => {
  expect(qualified('97.4', 'GT')).toBe('GT 97.4');
  expect(readQualified('GT 97.4')).toEqual({ words: { zh: '超过 ', en: 'more than ' }, value: '97.4' });
  expect(qualified('97.4', 'EQ')).toBe('97.4');
  expect(readQualified('97.4')).toBeUndefined();
  expect(qualified(null, undefined)).toBeNull();
});

test('an object that came or went is shown as its parts, without those that stayed', () => {
  const latest = { value: '97.4', qualifier: 'GT', corrected: false };
  expect(
    partsOf([
      { path: '/latest', before: latest, after: { ...latest, value: '98.2', corrected: true } },
      { path: '/goals', before: ['A'], after: ['A', 'B'] },
    ]),
  ).toEqual([
    { path: '/latest/value', before: '97.4', after: '98.2' },
    { path: '/latest/corrected', before: false, after: true },
    { path: '/goals', before: ['A'], after: ['A', 'B'] },
  ]);
});
