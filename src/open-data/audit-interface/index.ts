import { ExportFormat, inPieces, wholeFile } from '../export-format';
import { fieldsOfPart } from './fields-of-part';
import { AUDIT_MAPPING, Mapping } from './mapping';
import { xmlOf } from './xml';
import { xmlSchemaOf } from './xml-schema';

/** One XML document in the six groups of GB/T 42940-2023, its schema, and the mapping as JSON. */
export const auditInterface: ExportFormat = {
  files: (data) => [{ name: 'audit-data.xml', pieces: inPieces(xmlOf(AUDIT_MAPPING, data)) }],
  descriptions: () => [
    wholeFile('audit-data.xsd', xmlSchemaOf(AUDIT_MAPPING)),
    wholeFile('mapping.json', mappingJson(AUDIT_MAPPING)),
  ],
};

/** The mapping as data: from each element to the column of the state export. */
function mappingJson({ groups, ...mapping }: Mapping): string {
  const shown = groups.map(({ parts, ...group }) => ({
    ...group,
    parts: parts.map((part) => ({
      element: part.element,
      from: part.dataset.source.kind === 'TABLE' ? part.dataset.source.table : part.dataset.name,
      fields: fieldsOfPart(part).map(({ name, column = name, type, title }) => ({
        element: name,
        column,
        type,
        title,
      })),
    })),
  }));
  return `${JSON.stringify({ ...mapping, groups: shown }, null, 2)}\n`;
}
