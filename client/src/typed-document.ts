/**
 * The text of an operation, with the types of its answer and its variables. graphql-codegen makes such documents with
 * `documentMode: 'string'`; a plain string is one whose types are not known.
 */
export interface TypedDocument<Data, Variables> {
  toString(): string;
  readonly __apiType?: (variables: Variables) => Data;
}

/** The text of a document. Throws TypeError for a parsed one: print it first. */
export function textOf(document: TypedDocument<unknown, never>): string {
  const text = document.toString();
  if (text.startsWith('[object')) throw new TypeError('The document is no text: print() of graphql makes one');
  return text;
}
