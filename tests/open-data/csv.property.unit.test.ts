import fc from 'fast-check';
import { csvOf } from '../../src/open-data/csv';
import { BUDGET_LINES } from '../../src/open-data/datasets';
import { textOf } from '../../src/open-data/field';
import { readCsv } from '../support/csv';
import { runs } from '../support/property';
import { each, HOSTILE, joined, rowsArbitrary } from './rows';

test('a CSV reads back as the values, each as it is', () =>
  fc.assert(
    fc.asyncProperty(rowsArbitrary(BUDGET_LINES), async (rows) => {
      const [header, ...lines] = readCsv(await joined(csvOf(BUDGET_LINES, each(rows))));
      expect(header).toEqual(BUDGET_LINES.fields.map(({ name }) => name));
      expect(lines).toEqual(rows.map((row) => BUDGET_LINES.fields.map((field) => textOf(field, row) ?? '')));
    }),
    runs(50),
  ));

test('a text that a spreadsheet would take for a formula is not changed', async () => {
  const dataset = {
    ...BUDGET_LINES,
    fields: BUDGET_LINES.fields.filter(({ name }) => ['line', 'name'].includes(name)),
  };
  const rows = HOSTILE.map((name) => ({ code: 'L1', name }));
  const [, ...lines] = readCsv(await joined(csvOf(dataset, each(rows))));
  expect(lines.map(([, name]) => name)).toEqual(HOSTILE);
});

test('a table without rows has its header, and no byte order mark', async () => {
  const text = await joined(csvOf(BUDGET_LINES, each([])));
  expect(text).toBe(`${BUDGET_LINES.fields.map(({ name }) => name).join(',')}\r\n`);
});

test('a column that the server does not send is not published as empty', async () => {
  await expect(joined(csvOf(BUDGET_LINES, each([{}])))).rejects.toThrow('A row has no budget');
});
