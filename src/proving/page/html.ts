/** HTML whose texts are escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | Html | readonly Html[];

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((text, index) => text + textOf(parts[index] ?? '')).join(''));

/** No text has it: it would be escaped. */
export const HOLE = new Html('<!-- hole -->');

/** HTML with parts that are made one after the other, in pieces. */
export function* filled(around: (hole: Html) => Html, parts: Iterable<string>): Generator<string, void, undefined> {
  const [before = '', after = ''] = around(HOLE).text.split(HOLE.text);
  yield before;
  yield* parts;
  yield after;
}

function textOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  return part instanceof Html ? part.text : part.map(({ text }) => text).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A control character that reverses the reading direction could make a text read as another one. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\n' ? '\n' : ' '));
