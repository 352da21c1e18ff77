import Ajv from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json';
import { fiscalDataPackage } from '../../../src/open-data/fiscal-data-package';
import { FISCAL_SCHEMAS } from '../../../src/open-data/fiscal-data-package/fiscal-columns';
import { Labels, WrittenFile } from '../../../src/open-data/export-format';
import profile from '../../fixtures/tabular-data-package.json';
import { dataWith, joined, MOMENT } from '../rows';

const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, unknownFormats: 'ignore', logger: false });
ajv.addMetaSchema(draft04);
/** The published profile of Tabular Data Package 1.0, without its descriptions: from the npm package datapackage 1.1.10 (MIT). */
const isTabular = ajv.compile(profile);

async function descriptor(labels: Labels = {}): Promise<any> {
  const data = { ...dataWith({}), labels };
  const written: WrittenFile[] = fiscalDataPackage
    .files(data)
    .map(({ name }) => ({ name, bytes: 1, sha256: 'ab'.repeat(32) }));
  const [file] = fiscalDataPackage.descriptions(data, written);
  expect(file?.name).toBe('datapackage.json');
  return JSON.parse(await joined(file!.pieces));
}

test.each([{}, { title: '某市公开数据', license: 'CC-BY-4.0' }])(
  'with %j it is a Tabular Data Package',
  async (labels) => {
    const found = await descriptor(labels);
    expect([isTabular(found), isTabular.errors]).toEqual([true, null]);
    expect(found.resources.map(({ path }: any) => path)).toEqual([
      'budget-lines.csv',
      'budgets.csv',
      'departments.csv',
      'tasks.csv',
      'indicators.csv',
      'evaluations.csv',
      'functions.csv',
      'cofog.csv',
    ]);
  },
);

test('the profile refuses what is none', async () => {
  const found = await descriptor();
  expect(isTabular({ ...found, profile: 'fiscal-data-package' })).toBe(false);
  expect(isTabular({ ...found, resources: [] })).toBe(false);
  const [first, ...others] = found.resources;
  expect(
    isTabular({ ...found, resources: [{ ...first, schema: { fields: [{ name: 'a', type: 'money' }] } }, ...others] }),
  ).toBe(false);
});

test('position, both clocks and what was asked for are properties', async () => {
  expect(await descriptor()).toMatchObject({
    fiscalDataPackage: '1.0-rc1',
    position: '156',
    knownAt: MOMENT.knownAt,
    effectiveAt: MOMENT.effectiveAt,
    timeZone: 'Asia/Shanghai',
    demo: false,
    readable: ['*'],
    departments: null,
    fiscalYear: null,
  });
});

/** What Fiscal Data Package 1.0-rc1 asks for of `columnType`, `normalize` and `extraFields`. It has no published JSON schema. */
describe('the fiscal model', () => {
  test('each measure of a line has a value for every column that it stands for', async () => {
    const { schema } = (await descriptor()).resources[0];
    const measures = schema.fields.filter(({ normalize }: any) => normalize !== undefined);
    expect(measures.map(({ name, normalize }: any) => [name, normalize])).toEqual([
      ['approved', { phase: 'approved' }],
      ['adjusted', { phase: 'adjusted' }],
      ['executed', { phase: 'executed' }],
    ]);
    const extra = schema.extraFields;
    expect(extra.filter(({ normalizationTarget }: any) => normalizationTarget)).toEqual([
      { name: 'value', type: 'number', columnType: 'value', normalizationTarget: true },
    ]);
    const [, ...others] = extra;
    for (const { name, constant } of others)
      expect(constant ?? measures[0].normalize[name]).toEqual(expect.any(String));
    const names = [...schema.fields, ...extra].map(({ name }: any) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a concept is mapped once in a resource, and only on fields that there are', async () => {
    const { resources } = await descriptor();
    for (const { name, schema } of resources) {
      const types = [...schema.fields, ...(schema.extraFields ?? [])].flatMap(
        ({ columnType }: any) => columnType ?? [],
      );
      expect(new Set(types).size).toBe(types.length);
      const mapped = Object.keys(FISCAL_SCHEMAS[name]?.fields ?? {});
      expect(schema.fields.map((field: any) => field.name)).toEqual(expect.arrayContaining(mapped));
    }
    expect(Object.keys(FISCAL_SCHEMAS).sort()).toEqual(['budget-lines', 'departments', 'functions']);
  });
});
