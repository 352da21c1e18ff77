/** JSON Pointers into an entity. An item of a list is named by its code: `/lines/CLOUD/executed`. */
export const pathOf = (...tokens: readonly string[]): string => tokens.map((token) => `/${escaped(token)}`).join('');

export const tokensOf = (path: string): readonly string[] => path.split('/').slice(1).map(unescaped);

const escaped = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** What is at the path below a JSON value; undefined if there is nothing. */
export const valueAt = (json: unknown, path: string): unknown => tokensOf(path).reduce<unknown>(partOf, json);

function partOf(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return value.find((item: unknown) => partOf(item, 'code') === token);
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[token] : undefined;
}

interface FieldValue {
  readonly path: string;
  readonly value: unknown;
}

/**
 * The path with the number that the API gives the list item: `/lines/3/executed`. `fields` are all fields of the entity. undefined
 * if the list has no such item.
 */
export function numberedPath(fields: readonly FieldValue[], path: string): string | undefined {
  const [list = '', code, ...rest] = tokensOf(path);
  if (code === undefined || fields.some((field) => field.path === path)) return path;
  const item = fields.find((field) => field.value === code && isCodeIn(list, tokensOf(field.path)));
  return item && `${item.path.slice(0, -'/code'.length)}${pathOf(...rest)}`;
}

/** Whether a path is that of the code of an item of the list. */
const isCodeIn = (list: string, [first, number = '', name, ...rest]: readonly string[]): boolean =>
  first === list && /^\d+$/.test(number) && name === 'code' && rest.length === 0;

/** The path with the code of the list item in place of the number that the API gives it: the other way round. */
export function codedPath(fields: readonly FieldValue[], path: string): string {
  const [list = '', number = '', ...rest] = tokensOf(path);
  if (!/^\d+$/.test(number)) return path;
  const code = fields.find((field) => field.path === pathOf(list, number, 'code'))?.value;
  return typeof code === 'string' ? pathOf(list, code, ...rest) : path;
}
