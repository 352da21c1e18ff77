import { PublishedData } from '../export-format';
import { Field, Row, textOf } from '../field';
import { fieldsOfPart } from './fields-of-part';
import { Group, Mapping } from './mapping';
import { xmlAttributes, xmlText } from './xml-text';

/** The namespace changes with the version of the mapping. */
export const namespaceOf = ({ name, version }: Mapping): string => `urn:${name}:${version}`;

/** One document: a group for each of the mapping, in order, with an element for each row. */
export async function* xmlOf(mapping: Mapping, { moment, rowsOf }: PublishedData): AsyncGenerator<string> {
  const { position, knownAt, effectiveAt, timeZone, isDemo } = moment;
  const attributes = {
    xmlns: namespaceOf(mapping),
    mapping: mapping.name,
    mappingVersion: String(mapping.version),
    conformity: mapping.conformity,
    position,
    knownAt,
    effectiveAt: effectiveAt ?? undefined,
    timeZone,
    demo: String(isDemo),
  };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<auditData${xmlAttributes(attributes)}>\n`;
  for (const group of mapping.groups) yield* groupOf(group, rowsOf);
  yield '</auditData>\n';
}

async function* groupOf(
  { element, title, note, parts }: Group,
  rowsOf: PublishedData['rowsOf'],
): AsyncGenerator<string> {
  const start = `  <${element}${xmlAttributes({ title, note })}`;
  if (parts.length === 0) {
    yield `${start}/>\n`;
    return;
  }
  yield `${start}>\n`;
  for (const part of parts) {
    const fields = fieldsOfPart(part);
    for await (const row of rowsOf(part.dataset)) yield rowOf(part.element, fields, row);
  }
  yield `  </${element}>\n`;
}

function rowOf(element: string, fields: readonly Field[], row: Row): string {
  const values = fields.map((field) => {
    const text = textOf(field, row);
    return text === undefined ? '' : `      <${field.name}>${xmlText(text)}</${field.name}>\n`;
  });
  return `    <${element}>\n${values.join('')}    </${element}>\n`;
}
