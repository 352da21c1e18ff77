import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { AUDIT_MAPPING } from '../../../src/open-data/audit-interface/mapping';
import { xmlOf } from '../../../src/open-data/audit-interface/xml';
import { xmlSchemaOf } from '../../../src/open-data/audit-interface/xml-schema';
import { xmlText } from '../../../src/open-data/audit-interface/xml-text';
import { Dataset } from '../../../src/open-data/dataset';
import { Row } from '../../../src/open-data/field';
import { runs } from '../../support/property';
import { dataWith, joined, rowsArbitrary } from '../rows';

const SCHEMA = xmlSchemaOf(AUDIT_MAPPING);

/** What libxml2 says against the document. */
async function errorsOf(document: string, schema = SCHEMA): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'audit-data.xml', contents: document }],
    schema: [schema],
  });
  return errors.map(({ message }) => message);
}

const datasets = new Set<Dataset>(AUDIT_MAPPING.groups.flatMap(({ parts }) => parts.map(({ dataset }) => dataset)));
const rows: fc.Arbitrary<Readonly<Record<string, readonly Row[]>>> = fc.record(
  Object.fromEntries([...datasets].map((dataset) => [dataset.name, rowsArbitrary(dataset)])),
);

test('whatever the texts are, the document is well-formed and valid against its schema', () =>
  fc.assert(
    fc.asyncProperty(rows, async (published) => {
      expect(await errorsOf(await joined(xmlOf(AUDIT_MAPPING, dataWith(published))))).toEqual([]);
    }),
    runs(5),
  ));

test('the schema refuses another group, a missing value and a wrong amount', async () => {
  const document = await joined(
    xmlOf(AUDIT_MAPPING, dataWith({ departments: [{ code: 'D1', name: '甲局', level: null }] })),
  );
  expect(await errorsOf(document)).toEqual([]);
  const wrong = [
    document.replace('<revenueInformation', '<incomeInformation'),
    document.replace('<code>D1</code>', ''),
    document.replace('<validFrom>2016</validFrom>', '<validFrom>twenty</validFrom>'),
    document.replace('mappingVersion="1"', 'mappingVersion="2"'),
    document.replace('</auditData>', ''),
  ];
  for (const each of wrong) expect(await errorsOf(each)).not.toEqual([]);
});

test('the six groups are those of the standard, in its order', () => {
  expect(AUDIT_MAPPING.groups.map(({ title }) => title)).toEqual([
    '基础信息',
    '项目信息',
    '预算信息',
    '收入信息',
    '支出信息',
    '决算与报告',
  ]);
  for (const { parts, note } of AUDIT_MAPPING.groups) expect(parts.length === 0).toBe(note !== undefined);
});

test.each([
  ['a & b < c > "d"', 'a &amp; b &lt; c &gt; &quot;d&quot;'],
  ['tab\tand\r\nlines', 'tab&#9;and&#13;&#10;lines'],
  ['\u0000\u0008\ufffe\ud800', '\ufffd\ufffd\ufffd\ufffd'],
  ['云\u{1f4b0}\u{10ffff}', '云\u{1f4b0}\u{10ffff}'],
])('%j is written as %j', (text, written) => {
  expect(xmlText(text)).toBe(written);
});
