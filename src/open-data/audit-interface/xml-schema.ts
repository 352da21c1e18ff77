import { Field, FieldType } from '../field';
import { fieldsOfPart } from './fields-of-part';
import { Group, Mapping, Part } from './mapping';
import { namespaceOf } from './xml';
import { xmlText } from './xml-text';

const TYPES: Readonly<Record<FieldType, string>> = {
  string: 'xs:string',
  number: 'xs:decimal',
  integer: 'xs:integer',
  boolean: 'xs:boolean',
  date: 'xs:date',
};

/** An XML Schema 1.0 that a document of the mapping is valid against. */
export function xmlSchemaOf(mapping: Mapping): string {
  const namespace = xmlText(namespaceOf(mapping));
  return `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">
  <xs:element name="auditData">
    <xs:complexType>
      <xs:sequence>
${mapping.groups.map(groupOf).join('')}      </xs:sequence>
      <xs:attribute name="mapping" type="xs:string" use="required" fixed="${xmlText(mapping.name)}"/>
      <xs:attribute name="mappingVersion" type="xs:integer" use="required" fixed="${mapping.version}"/>
      <xs:attribute name="conformity" type="xs:string" use="required"/>
      <xs:attribute name="position" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="knownAt" type="xs:dateTime" use="required"/>
      <xs:attribute name="effectiveAt" type="xs:dateTime"/>
      <xs:attribute name="timeZone" type="xs:string" use="required"/>
      <xs:attribute name="demo" type="xs:boolean" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`;
}

const groupOf = ({ element, title, parts }: Group): string => `        <xs:element name="${element}">
          <xs:complexType>
            <xs:sequence>
${parts.map(partOf).join('')}            </xs:sequence>
            <xs:attribute name="title" type="xs:string" use="required" fixed="${xmlText(title)}"/>
            <xs:attribute name="note" type="xs:string"/>
          </xs:complexType>
        </xs:element>
`;

const partOf = (
  part: Part,
): string => `              <xs:element name="${part.element}" minOccurs="0" maxOccurs="unbounded">
                <xs:complexType>
                  <xs:sequence>
${fieldsOfPart(part).map(fieldOf).join('')}                  </xs:sequence>
                </xs:complexType>
              </xs:element>
`;

const fieldOf = ({ name, type, isRequired }: Field): string =>
  `                    <xs:element name="${name}" type="${TYPES[type]}"${isRequired === true ? '' : ' minOccurs="0"'}/>\n`;
