/** What XML 1.0 does not allow in a document, not even escaped, and half of a surrogate pair. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser reads these as other white space if they are not escaped.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text for an element or an attribute. A character that XML cannot hold becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text.replace(NOT_IN_XML, '\ufffd').replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);

/** The attributes that have a value. */
export const xmlAttributes = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlText(value)}"`))
    .join('');
