import { longWork } from '../../../kernel/turns';
import { Format } from '../../formats/format';
import { TableSource } from './format';

/** A piece of text is sent when it has this many characters. */
const PIECE = 65_536;

/** The rows as text, in pieces. */
export async function* textOf(
  { pages, position, worker }: TableSource,
  format: Omit<Format<unknown>, 'contentType'>,
): AsyncGenerator<string> {
  let text = format.start;
  let isFirst = true;
  for await (const page of pages) {
    for await (const row of longWork.each(page, worker)) {
      text += format.item(row, isFirst);
      isFirst = false;
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
  }
  text += format.end(position);
  if (text !== '') yield text;
}
