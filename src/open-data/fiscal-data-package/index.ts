import { csvOf } from '../csv';
import { Dataset } from '../dataset';
import {
  BUDGET_LINES,
  BUDGETS,
  COFOG_CODES,
  DEPARTMENTS,
  EVALUATIONS,
  FUNCTIONS,
  INDICATORS,
  TASKS,
} from '../datasets';
import { ExportFormat, inPieces, wholeFile } from '../export-format';
import { descriptorOf } from './descriptor';

const DATASETS: readonly Dataset[] = [
  BUDGET_LINES,
  BUDGETS,
  DEPARTMENTS,
  TASKS,
  INDICATORS,
  EVALUATIONS,
  FUNCTIONS,
  COFOG_CODES,
];

const fileName = ({ name }: Dataset): string => `${name}.csv`;

/** CSV files, and a `datapackage.json` that describes them. */
export const fiscalDataPackage: ExportFormat = {
  files: ({ rowsOf }) =>
    DATASETS.map((dataset) => ({ name: fileName(dataset), pieces: inPieces(csvOf(dataset, rowsOf(dataset))) })),
  descriptions(data, written) {
    const resources = DATASETS.flatMap((dataset) => {
      const file = written.find(({ name }) => name === fileName(dataset));
      return file === undefined ? [] : [{ dataset, file }];
    });
    return [wholeFile('datapackage.json', descriptorOf(data, resources))];
  },
};
