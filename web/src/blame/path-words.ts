import { say } from '../language/say';
import { fieldText } from '../terms/fields';
import { tokensOf } from './paths';

/** A path in words: `/lines/CLOUD/executed` is "Line CLOUD · Executed". */
export function pathWords(path: string): string {
  const [first = '', ...others] = tokensOf(path);
  const [second, ...rest] = others;
  if (second === undefined) return say(fieldText(first));
  const words =
    rest.length === 0
      ? [say(fieldText(first)), say(fieldText(second))]
      : [`${say(fieldText(first))} ${second}`, ...rest.map((token) => say(fieldText(token)))];
  return words.join(' · ');
}
