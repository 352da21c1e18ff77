/**
 * The JSON of a file that a person wrote; a byte order mark may come first. Throws what `refuse` makes of the problem. It is a problem if
 * an object has a member twice: JSON would keep the last one, and say nothing of what the first one asked for.
 */
export function parseJsonFile(text: string, refuse: (problem: string) => Error): unknown {
  const json = text.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refuse('is not JSON');
  }
  const name = repeatedMember(json);
  if (name !== undefined) throw refuse(`has an object with the member ${JSON.stringify(name)} twice`);
  return value;
}

/** In JSON, a text that a colon follows is the name of a member. */
const MEMBER_OR_BRACKET = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/g;

/** The name that an object has twice, however it is written; undefined: none. */
function repeatedMember(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(MEMBER_OR_BRACKET)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (text !== undefined && colon !== undefined) {
      const name = JSON.parse(text) as string;
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
