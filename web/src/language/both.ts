import { Text } from './language';

const BOTH = /^(.*[。！？])\s*([\x20-\x7e].*)$/s;

/** The parts of a text that the server gives in both languages, one after the other: 中文。English. A text in one language is both. */
export function readBoth(text: string): Text {
  const [, zh = text, en = text] = BOTH.exec(text) ?? [];
  return { zh, en };
}
