import { Json } from '../../kernel/json';
import { Dataset } from '../dataset';
import { PublishedData, WrittenFile } from '../export-format';
import { Field } from '../field';
import { FISCAL_SCHEMAS, FiscalSchema } from './fiscal-columns';

/** `datapackage.json`: a Tabular Data Package 1.0 with the additions of Fiscal Data Package 1.0-rc1. It says nothing of when it was made. */
export function descriptorOf(
  { moment, labels }: Pick<PublishedData, 'moment' | 'labels'>,
  resources: readonly { readonly dataset: Dataset; readonly file: WrittenFile }[],
): string {
  const { title = '预算与绩效公开数据。Open data of budgets and performance', license } = labels;
  const descriptor: Json = {
    // The registered profile of fiscal data packages is still that of version 0.3, which this is not.
    profile: 'tabular-data-package',
    fiscalDataPackage: '1.0-rc1',
    name: 'mingjian-open-data',
    title,
    ...(license === undefined ? {} : { licenses: [{ name: license }] }),
    formatVersion: 1,
    position: moment.position,
    knownAt: moment.knownAt,
    effectiveAt: moment.effectiveAt,
    timeZone: moment.timeZone,
    demo: moment.isDemo,
    readable: moment.readable,
    departments: moment.departments,
    fiscalYear: moment.fiscalYear,
    resources: resources.map(({ dataset, file }) => resourceOf(dataset, file)),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

function resourceOf(dataset: Dataset, { name: path, bytes, sha256 }: WrittenFile): Json {
  const { name, title, fields, key } = dataset;
  const fiscal: FiscalSchema = FISCAL_SCHEMAS[name] ?? { fields: {} };
  return {
    profile: 'tabular-data-resource',
    name,
    title,
    path,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    bytes,
    hash: `sha256:${sha256}`,
    schema: {
      fields: fields.map((field) => fieldOf(field, fiscal)),
      missingValues: [''],
      primaryKey: key,
      ...(fiscal.extraFields === undefined ? {} : { extraFields: fiscal.extraFields }),
    },
  };
}

function fieldOf({ name, type, title, isRequired }: Field, { fields }: FiscalSchema): Json {
  const { columnType, normalize } = fields[name] ?? {};
  return {
    name,
    type,
    title,
    ...(isRequired === true ? { constraints: { required: true } } : {}),
    ...(columnType === undefined ? {} : { columnType }),
    ...(normalize === undefined ? {} : { normalize }),
  };
}
