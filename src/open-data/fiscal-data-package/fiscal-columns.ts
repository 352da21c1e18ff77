import { Json } from '../../kernel/json';
import { BUDGET_LINES, DEPARTMENTS, FUNCTIONS } from '../datasets';

/** What Fiscal Data Package 1.0-rc1 adds to a field of Table Schema. */
export interface FiscalField {
  /** The fiscal concept. */
  readonly columnType?: string;
  /** The values of the extra fields, if the field is one of several measures of a row. */
  readonly normalize?: Readonly<Record<string, string>>;
}

/** What Fiscal Data Package 1.0-rc1 adds to the schema of a resource. */
export interface FiscalSchema {
  readonly fields: Readonly<Record<string, FiscalField>>;
  /** Columns that are not in the file: they follow from `normalize`, or are constant. */
  readonly extraFields?: readonly Readonly<Record<string, Json>>[];
}

const DEPARTMENT_CODE = 'administrative-classification:generic:code';
const FUNCTION_CODE = 'functional-classification:generic:level1:code';
const COFOG_DIVISION = 'functional-classification:cofog:division:code';

const phase = (name: string): FiscalField => ({ normalize: { phase: name } });

/** By the name of the dataset. */
export const FISCAL_SCHEMAS: Readonly<Record<string, FiscalSchema>> = {
  [DEPARTMENTS.name]: {
    fields: {
      code: { columnType: DEPARTMENT_CODE },
      name: { columnType: 'administrative-classification:generic:label' },
    },
  },
  [BUDGET_LINES.name]: {
    fields: {
      department: { columnType: DEPARTMENT_CODE },
      fiscalYear: { columnType: 'date:fiscal-year' },
      line: { columnType: 'budget-line-id' },
      fundSource: { columnType: 'fin-source:generic:level1:code' },
      expenditureKind: { columnType: 'expenditure-type:code' },
      functionCode: { columnType: 'functional-classification:generic:code' },
      functionClass: { columnType: FUNCTION_CODE },
      cofogDivision: { columnType: COFOG_DIVISION },
      economicCode: { columnType: 'economic-classification:generic:code' },
      projectCode: { columnType: 'activity:generic:project:code' },
      approved: phase('approved'),
      adjusted: phase('adjusted'),
      executed: phase('executed'),
    },
    extraFields: [
      { name: 'value', type: 'number', columnType: 'value', normalizationTarget: true },
      { name: 'phase', type: 'string', columnType: 'phase:id' },
      { name: 'currency', type: 'string', columnType: 'value-currency:code', constant: 'CNY' },
      { name: 'direction', type: 'string', columnType: 'direction', constant: 'expenditure' },
    ],
  },
  [FUNCTIONS.name]: {
    fields: {
      code: { columnType: FUNCTION_CODE },
      name: { columnType: 'functional-classification:generic:level1:label' },
      cofogDivision: { columnType: COFOG_DIVISION },
    },
  },
};
