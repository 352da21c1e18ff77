import { Text } from '../language/language';
import { fieldText } from '../terms/fields';

/** What an item of a list is called; undefined: by its number. */
export type ItemName = (list: string, index: number) => string | undefined;

/** The path of a field in words: `/lines/1/executed` is `明细 公用经费 · 执行数`. */
export function namedPath(path: string, say: (text: Text) => string, itemName: ItemName = () => undefined): string {
  const words: string[] = [];
  const tokens = path.split('/').slice(1);
  for (const [index, token] of tokens.entries()) {
    const list = tokens[index - 1];
    if (/^\d+$/.test(token) && list !== undefined) {
      const item = itemName(list, Number(token)) ?? String(Number(token) + 1);
      words[words.length - 1] = `${words.at(-1) ?? ''} ${item}`;
    } else words.push(say(fieldText(token)));
  }
  return words.join(' · ');
}
