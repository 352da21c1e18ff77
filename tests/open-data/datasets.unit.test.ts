import { BUDGET_LINES, EVALUATIONS } from '../../src/open-data/datasets';
import * as datasets from '../../src/open-data/datasets';
import { Dataset } from '../../src/open-data/dataset';
import { features } from '../../src/app/features';

const all = Object.values(datasets) as readonly Dataset[];

const published = ({ source }: Dataset, row: object) => {
  if (source.kind === 'LIST' || source.published === undefined) throw new Error('It has no such rule');
  return source.published(row as never);
};

test.each(all.map((dataset) => [dataset.name, dataset] as const))(
  '%s is declared soundly',
  (_, { fields, key, source }) => {
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([...key]));
    for (const { title } of fields) expect(title).toMatch(/\p{Script=Han}.*。[A-Z]/u);
    if (source.kind === 'LIST') return;
    const table = features.tables.get(source.table)!;
    // What the dataset adds to the rows of the table.
    const columns = [...table.columns.map(({ name }) => name), 'functionClass', 'cofogDivision'];
    expect(columns).toEqual(expect.arrayContaining(fields.map(({ name, column = name }) => column)));
    expect('fiscalYear' in table.filter.fields).toBe(source.hasYears);
  },
);

test('nothing that may name a person is published', () => {
  const names = all.flatMap(({ fields }) => fields.map(({ name, column = name }) => column));
  for (const personal of [
    'payee',
    'payer',
    'memo',
    'reason',
    'documentNo',
    'goal',
    'goals',
    'conclusion',
    'problems',
    'improvements',
    'latestText',
    'latestSource',
    'functions',
  ])
    expect(names).not.toContain(personal);
  for (const { source } of all) expect(source).not.toMatchObject({ table: 'entries' });
});

test.each([
  [
    { functionCode: '2070101', fiscalYear: 2018 },
    { functionClass: '207', cofogDivision: '08' },
  ],
  [
    { functionCode: '206', fiscalYear: 2023 },
    { functionClass: '206', cofogDivision: null },
  ],
  [
    { functionCode: '224', fiscalYear: 2018 },
    { functionClass: null, cofogDivision: null },
  ],
  [
    { functionCode: null, fiscalYear: 2023 },
    { functionClass: null, cofogDivision: null },
  ],
])('a line of %j has %j', (row, classes) => {
  expect(published(BUDGET_LINES, row)).toEqual({ ...row, ...classes });
});

test('an evaluation is published once a round of it is', () => {
  expect(published(EVALUATIONS, { publishedRound: null })).toBeUndefined();
  expect(published(EVALUATIONS, { publishedRound: 1 })).toEqual({ publishedRound: 1 });
});
