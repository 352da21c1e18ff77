/**
 * The one text of a JSON value by RFC 8785 (JCS). Libraries write `undefined`, half of a surrogate pair and -0 as something else
 * without a word; here they are refused, because a proof must not cover another value than the one on record.
 */
export function canonicalForm(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return textForm(value);
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return String(value);
      throw new NoCanonicalForm(`the number ${Object.is(value, -0) ? '-0' : String(value)}`);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? listForm(value) : objectForm(value);
    case 'undefined':
    case 'bigint':
    case 'function':
    case 'symbol':
      throw new NoCanonicalForm(`a value of type ${typeof value}`);
  }
}

/** The value is not JSON, or JSON that readers in other languages would read as another value. */
export class NoCanonicalForm extends TypeError {
  constructor(what: string) {
    super(`There is no canonical form of ${what}`);
  }
}

/** Texts that JSON writes as they are. */
const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;

function textForm(text: string): string {
  // Most texts are: the check takes less time than to write them anew.
  if (PLAIN.test(text)) return `"${text}"`;
  if (/\p{Surrogate}/u.test(text)) throw new NoCanonicalForm(`the text ${JSON.stringify(text)}`);
  return JSON.stringify(text);
}

/** `Array.from`, because `map` passes over the holes of a list. */
const listForm = (list: readonly unknown[]): string => `[${Array.from(list, canonicalForm).join()}]`;

type Members = Readonly<Record<string, unknown>>;

function objectForm(object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new NoCanonicalForm(`an object of a class`);
  let members = '';
  // By UTF-16 code units, as RFC 8785 says.
  for (const name of Object.keys(object).sort()) {
    members += `${members === '' ? '' : ','}${textForm(name)}:${canonicalForm((object as Members)[name])}`;
  }
  return `{${members}}`;
}
