import './support/browser-globals';
import { parse } from 'graphql';
import { selectedPaths } from '../../src/graphql/execution/selected-paths';
import * as documents from '../../web/src/generated/documents';
import { readFields } from '../../web/src/views/reads/read-fields';
import { operationText } from '../../web/src/views/reads/texts';

/** What reads on record say about the fields that were read. */

const inEnglish = (paths: readonly string[]) =>
  readFields(paths).map(({ of, names }) => [of.en, names.map(({ en }) => en)]);

test('the fields of one thing are together, each once, and what holds a list together is none of them', () => {
  const paths = [
    'asOf.budget.bridgePage.nodes.amount',
    'asOf.budget.bridgePage.pageInfo.hasNextPage',
    'asOf.budget.executed',
    'asOf.budget.linesPage.nodes.executed',
    'asOf.department.name',
    'asOf.budget.id',
    'asOf.knownAt',
  ];
  expect(inEnglish(paths)).toEqual([
    ['Budget', ['Amount', 'Executed']],
    ['Department', ['Name']],
    ['Known at', []],
  ]);
});

test('the columns of an export are fields, and a field that the page does not know keeps its own name', () => {
  expect(inEnglish(['code', 'revised', 'constructor'])).toEqual([
    ['Code', []],
    ['Revised budget', []],
    ['constructor', []],
  ]);
});

test('an export is said with its table', () => {
  expect(operationText('export budgets').zh).toBe('导出预算');
  expect(operationText('export others').zh).toBe('导出others');
  expect(operationText('constructor').zh).toBe('constructor');
});

/** The documents of the page that read what is put on record. */
const READS = Object.entries(documents).flatMap(([name, document]) => {
  if (!name.endsWith('Document')) return [];
  const paths = selectedPaths(parse(String(document)));
  return /^(asOf|node|diff|changes|series)\./.test(paths[0] ?? '') ? [{ name, paths }] : [];
});

test.each(READS)('every field of $name has a word in Chinese', ({ paths }) => {
  const texts = readFields(paths).flatMap(({ of, names }) => [of, ...names]);
  expect(texts.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
});
